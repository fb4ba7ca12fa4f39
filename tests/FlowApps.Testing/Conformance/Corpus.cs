using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Testing.Conformance;

/// <summary>The corpus of public Kestra flows beside the repository, when it is there.</summary>
public static class Corpus
{
    private static readonly Lazy<JsonElement> Cases = new(() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "cases.json"))).RootElement);

    public static string? Folder { get; } = Repository.Path("..", "shared", "conformance") is var found && Directory.Exists(found) ? found : null;

    public static IEnumerable<IReadOnlyDictionary<string, object?>> Set(string name) =>
        Folder is null ? [] : ((IReadOnlyList<object?>)Data.From(Cases.Value.GetProperty(name))!).Cast<IReadOnlyDictionary<string, object?>>();

    public static string Read(string flow) => File.ReadAllText(Path.Combine(Folder!, "flows", flow));
}
