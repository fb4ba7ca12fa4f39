using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Renders a text with the variables of a task run, for debugging: <c>{result}</c>, or <c>{error}</c> when it cannot be rendered.</summary>
public sealed class EvaluateExpression : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/executions/{executionId}/eval/{taskRunId}", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("evalTaskRunExpression");

    private static async Task<IResult> HandleAsync(string executionId, string taskRunId, HttpRequest request, IExecutions executions, CancellationToken cancellation)
    {
        var execution = await executions.GetAsync(executionId, cancellation);
        if (execution.TaskRuns.Find(taskRunId) is null) throw RefusedException.NotFound($"There is no task run '{taskRunId}' in this execution.");
        try
        {
            return Answer.Json(new { result = await executions.EvaluateAsync(executionId, taskRunId, await request.ReadTextAsync(), cancellation) });
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Invalid)
        {
            return Answer.Json(new { error = e.Message, stackTrace = e.Message });
        }
    }
}
