using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Sets one task run of an ended execution to another state; the execution goes on from there.</summary>
public sealed class ChangeTaskRun : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/executions/{executionId}/state", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("updateTaskRunState");

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request, ApiCall call, IExecutions executions, AsAccepted accepted, CancellationToken cancellation)
    {
        var change = await request.ReadJsonAsync<StateRequest>();
        if (string.IsNullOrEmpty(change.TaskRunId)) throw RefusedException.Invalid("task_run_missing", "The body names a taskRunId and a state.");
        var state = StateWord.Read(change.State);
        return ExecutionJson.Answer(await accepted.RestartedAsync(executionId, () => executions.SetTaskRunStateAsync(executionId, change.TaskRunId, state, call.Asker, cancellation), cancellation));
    }

    public sealed record StateRequest(string? TaskRunId, string? State);
}
