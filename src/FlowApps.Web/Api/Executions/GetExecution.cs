using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>An execution with its task runs; its ETag is the version to send with a decision.</summary>
public sealed class GetExecution : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/executions/{executionId}", HandleAsync).RequirePermission(Permission.ReadExecutions).WithName("getExecution");

    private static async Task<IResult> HandleAsync(string executionId, HttpResponse response, IExecutions executions, CancellationToken cancellation)
    {
        var (execution, version) = await executions.FindAsync(executionId, cancellation) ?? throw FoundExecution.Missing(executionId);
        response.Headers.ETag = $"\"{version}\"";
        return ExecutionJson.Answer(execution);
    }
}
