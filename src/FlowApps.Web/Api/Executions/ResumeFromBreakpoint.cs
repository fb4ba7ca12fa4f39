using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Lets an execution that stands at a breakpoint go on, to the next of the given ones.</summary>
public sealed class ResumeFromBreakpoint : IApi
{
    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/executions/{executionId}/resume-from-breakpoint", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("resumeExecutionFromBreakpoint");

    private static async Task<IResult> HandleAsync(string executionId, string? breakpoints, ApiCall call, IExecutions executions, CancellationToken cancellation)
    {
        await executions.ResumeFromBreakpointAsync(executionId, breakpoints?.Split(',', StringSplitOptions.RemoveEmptyEntries) ?? [], call.Asker, cancellation);
        return Results.NoContent();
    }
}
