using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Templates;

/// <summary>A deprecated template (kestra-semantics 9.6) as plain data: id, namespace, description, tasks, errors. Stored as a document of the kind <c>template</c>.</summary>
public static class Template
{
    public const string Kind = "template";

    /// <summary>The id of the document.</summary>
    public static string Key(string ns, string id) => $"{ns}/{id}";

    /// <summary>Errors: Invalid when it is no template.</summary>
    public static (string Namespace, string Id, IReadOnlyDictionary<string, object?> Map) Read(object? data) =>
        data is IReadOnlyDictionary<string, object?> map && map.GetValueOrDefault("namespace") is string { Length: > 0 } ns && map.GetValueOrDefault("id") is string { Length: > 0 } id
            && map.GetValueOrDefault("tasks") is IReadOnlyList<object?> { Count: > 0 }
            ? (ns, id, map)
            : throw RefusedException.Invalid("invalid_template", "A template has an id, a namespace and tasks.");
}
