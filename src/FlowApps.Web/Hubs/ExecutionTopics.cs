using System.Security.Claims;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Hubs;

/// <summary><c>execution:ID</c>: for those who read executions, and for the person who asked for it.</summary>
public sealed class ExecutionTopics(IExecutions executions) : ITopicAccess
{
    public string Kind => NewsKinds.Execution;

    public async Task<bool> MayFollowAsync(ClaimsPrincipal person, string id, CancellationToken cancellation) =>
        person.May(Permission.ReadExecutions)
        || await executions.FindAsync(id, cancellation) is { } found && found.Execution.CreatedBy == person.Identity?.Name;
}
