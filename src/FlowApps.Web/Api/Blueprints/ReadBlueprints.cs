using System.Text.Json;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Api.Flows;
using FlowApps.Web.Blueprints;
using FlowApps.Web.Flows.Topology;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Blueprints;

/// <summary>The gallery as Kestra's community blueprints are read (kestra-semantics 14.3): the list, the tags, one with its source, its source alone, its graph. There are blueprints of flows.</summary>
public sealed class ReadBlueprints : IApi
{
    private const string Flows = "/blueprints/community/flow";

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Flows, ListAsync).RequirePermission(Permission.ReadFlows).WithName("searchBlueprints");
        api.MapGet($"{Flows}/tags", Tags).RequirePermission(Permission.ReadFlows).WithName("listBlueprintTags");
        api.MapGet($"{Flows}/{{id}}", One).RequirePermission(Permission.ReadFlows).WithName("getBlueprint");
        api.MapGet($"{Flows}/{{id}}/source", Source).RequirePermission(Permission.ReadFlows).WithName("getBlueprintSource");
        api.MapGet($"{Flows}/{{id}}/graph", Graph).RequirePermission(Permission.ReadFlows).WithName("getBlueprintGraph");
    }

    private static IResult ListAsync(string? q, string? tags, [AsParameters] Paging paging, BlueprintShelf shelf)
    {
        var fitting = shelf.All.Where(blueprint => blueprint.Fits(q, string.IsNullOrEmpty(tags) ? null : tags)).ToList();
        var page = paging.Request;
        return Answer.Page(fitting.Skip(page.Offset).Take(page.Limit), fitting.Count, (writer, blueprint) => Write(writer, blueprint, withSource: false));
    }

    private static IResult Tags(BlueprintShelf shelf) =>
        Answer.List(shelf.All.SelectMany(blueprint => blueprint.Head.Tags).Distinct().Order(StringComparer.OrdinalIgnoreCase), (writer, tag) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", tag);
            writer.WriteString("name", tag);
            writer.WriteEndObject();
        });

    private static IResult One(string id, BlueprintShelf shelf) => new JsonAnswer(writer => Write(writer, Find(shelf, id), withSource: true));

    private static IResult Source(string id, BlueprintShelf shelf) => Results.Text(Find(shelf, id).Source, "application/yaml");

    private static IResult Graph(string id, BlueprintShelf shelf) => GraphJson.Answer(GraphBuilder.Build(Find(shelf, id).Flow));

    private static Blueprint Find(BlueprintShelf shelf, string id) => shelf.Find(id) ?? throw RefusedException.NotFound($"There is no blueprint '{id}'.");

    private static void Write(Utf8JsonWriter writer, Blueprint blueprint, bool withSource)
    {
        writer.WriteStartObject();
        writer.WriteString("id", blueprint.Id);
        writer.WriteString("title", blueprint.Head.Title);
        writer.WriteString("description", blueprint.Head.Description);
        writer.WriteStartArray("includedTasks");
        foreach (var type in blueprint.Types) writer.WriteStringValue(type);
        writer.WriteEndArray();
        writer.WriteStartArray("tags");
        foreach (var tag in blueprint.Head.Tags) writer.WriteStringValue(tag);
        writer.WriteEndArray();
        if (withSource)
        {
            writer.WriteString("source", blueprint.Source);
            writer.WriteString("kind", "FLOW");
        }
        writer.WriteEndObject();
    }
}
