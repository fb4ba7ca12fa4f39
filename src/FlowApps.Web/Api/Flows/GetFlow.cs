using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>A flow in its newest or a named revision, its revisions, and one of its tasks.</summary>
public sealed class GetFlow : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/{namespace}/{id}", HandleAsync).RequirePermission(Permission.ReadFlows).WithName("getFlow");
        api.MapGet("/flows/{namespace}/{id}/revisions", RevisionsAsync).RequirePermission(Permission.ReadFlows).WithName("listFlowRevisions");
        api.MapGet("/flows/{namespace}/{id}/tasks/{taskId}", TaskAsync).RequirePermission(Permission.ReadFlows).WithName("getTaskFromFlow");
    }

    private static async Task<IResult> HandleAsync(
        string @namespace, string id, bool? source, int? revision, bool? allowDeleted, IFlowStore store, HttpResponse response, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        var found = await store.LoadAsync(key, revision, allowDeleted ?? false, cancellation) ?? throw FoundFlow.Missing(key, revision);
        response.Headers.ETag = $"\"{found.Revision}\"";
        return FlowJson.Answer(found, source ?? false);
    }

    private static async Task<IResult> RevisionsAsync(string @namespace, string id, IFlowStore store, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        var revisions = await store.RevisionsAsync(key, cancellation);
        if (revisions.Count == 0) throw FoundFlow.Missing(key, null);
        return Answer.List(revisions.OrderBy(r => r.Revision), (writer, revision) => FlowJson.Write(writer, revision, source: true));
    }

    private static async Task<IResult> TaskAsync(string @namespace, string id, string taskId, int? revision, IFlows flows, CancellationToken cancellation)
    {
        var flow = await flows.RevisionAsync(new FlowId(@namespace, id), revision, cancellation);
        var task = TaskText.Find(FlowJson.Read(flow.Source), taskId) ?? throw Domain.Problems.RefusedException.NotFound($"There is no task '{taskId}' in the flow '{flow.Key}'.");
        return new JsonAnswer(writer => writer.WriteData(task));
    }
}
