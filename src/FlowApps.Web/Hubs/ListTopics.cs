using System.Security.Claims;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Hubs;

/// <summary><c>executions:all</c>, for lists and the home page: for those who read executions.</summary>
public sealed class ListTopics : ITopicAccess
{
    public string Kind => NewsKinds.Executions;

    public Task<bool> MayFollowAsync(ClaimsPrincipal person, string id, CancellationToken cancellation) => Task.FromResult(person.May(Permission.ReadExecutions));
}
