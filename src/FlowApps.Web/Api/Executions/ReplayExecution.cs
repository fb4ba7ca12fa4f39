using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Runs an ended execution again as a new one, from its beginning or from one task run, on any revision, with the same or other inputs.</summary>
public sealed class ReplayExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/replay", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("replayExecution");
        api.MapPost("/executions/{executionId}/replay-with-inputs", WithInputsAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("replayExecutionWithInputs");
        api.MapBulk(HttpMethods.Post, "replay", "replayExecutions", Permission.RunExecutions, Bulk.Terminated, BulkAsync);
    }

    private static async Task<IResult> HandleAsync(string executionId, string? taskRunId, int? revision, ApiCall call, IExecutions executions, AsAccepted accepted, CancellationToken cancellation) =>
        ExecutionJson.Answer(await accepted.RestartedAsync(executionId, () => executions.ReplayAsync(executionId, taskRunId, revision, inputs: null, call.Asker, cancellation), cancellation));

    private static async Task<IResult> WithInputsAsync(
        string executionId, string? taskRunId, int? revision, HttpRequest request, ApiCall call, IExecutions executions, IFlows flows, IFileStore files, AsAccepted accepted, CancellationToken cancellation)
    {
        var original = await executions.GetAsync(executionId, cancellation);
        var flow = await flows.FindAsync(original.Flow, revision ?? original.FlowRevision, cancellation) ?? throw FoundFlow.Missing(original.Flow, revision);
        var form = new InputForm(flow.Inputs, (input, name) => FilePaths.Input(original.Namespace, original.FlowId, original.Id, $"{input}/{executions.NewId()}", name));
        var inputs = await form.ReadAsync(request, files, cancellation);
        return ExecutionJson.Answer(await accepted.RestartedAsync(executionId, () => executions.ReplayAsync(executionId, taskRunId, revision, inputs, call.Asker, cancellation), cancellation));
    }

    private static async Task BulkAsync(HttpContext http, Execution execution, Asker asker)
    {
        var services = http.RequestServices;
        var latest = bool.TryParse(http.Request.Query["latestRevision"], out var wanted) && wanted;
        var revision = latest ? (await services.GetRequiredService<IFlows>().FindAsync(execution.Flow, null, http.RequestAborted))?.Revision : null;
        await services.GetRequiredService<IExecutions>().ReplayAsync(execution.Id, null, revision, null, asker, http.RequestAborted);
    }
}
