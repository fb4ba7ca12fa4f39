using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using FlowApps.Yaml.Schema;

namespace FlowApps.Web.Api.Plugins;

/// <summary>The plugins there are, with their documentation; the types of inputs; the JSON schemas that editors read.</summary>
public sealed class PluginDocumentation : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/plugins", List).RequirePermission(Permission.ReadFlows).WithName("listPlugins");
        api.MapGet("/plugins/{cls}", One).RequirePermission(Permission.ReadFlows).WithName("getPluginDocumentation");
        api.MapGet("/plugins/icons", Icons).RequirePermission(Permission.ReadFlows).WithName("getPluginIcons");
        api.MapGet("/plugins/inputs", Inputs).RequirePermission(Permission.ReadFlows).WithName("getAllInputTypes");
        api.MapGet("/plugins/schemas/{type}", Schema).RequirePermission(Permission.ReadFlows).WithName("getSchemasFromType");
        api.MapGet("/schemas/{type}.json", (string type, SchemaWriter schemas) => Schema(type, null, schemas)).RequirePermission(Permission.ReadFlows).WithName("getSchema");
    }

    /// <summary>By group, the part of the type before its last word.</summary>
    private static IResult List(PluginDocs docs) => Answer.Json(docs.All.GroupBy(doc => doc.Type[..doc.Type.LastIndexOf('.')]).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new
    {
        name = group.Key,
        title = group.Key,
        group = group.Key,
        tasks = Types(group, "task"),
        triggers = Types(group, "trigger"),
        conditions = Types(group, "condition"),
        taskRunners = Types(group, "runner"),
        appBlocks = Types(group, "block"),
    }));

    private static IResult One(string cls, PluginDocs docs) =>
        docs.Find(cls) is { } doc ? Answer.Json(doc) : throw RefusedException.NotFound($"There is no plugin '{cls}'.");

    private static IResult Icons(PluginDocs docs) => Answer.Json(docs.All.ToDictionary(doc => doc.Type, doc => new { name = doc.Type.Split('.')[^1], icon = doc.Icon, flowable = doc.Type.StartsWith("core.flow.", StringComparison.Ordinal) }));

    private static IResult Inputs() => Answer.Json(Enum.GetNames<InputType>().Select(name => new { type = name.ToUpperInvariant(), cls = name }));

    private static IResult Schema(string type, bool? arrayOf, SchemaWriter schemas)
    {
        var schema = schemas.Find(type) ?? throw RefusedException.NotFound($"There is no schema '{type}'. The schemas are {string.Join(", ", schemas.Kinds)}.");
        return Results.Text(arrayOf == true ? $$"""{"$schema":"http://json-schema.org/draft-07/schema#","type":"array","items":{{schema}}}""" : schema, "application/json");
    }

    private static IEnumerable<string> Types(IEnumerable<PluginDoc> docs, string kind) => docs.Where(doc => doc.Kind == kind).Select(doc => doc.Type).Order(StringComparer.Ordinal);
}
