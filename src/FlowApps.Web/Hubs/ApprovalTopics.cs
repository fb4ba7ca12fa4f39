using System.Security.Claims;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Hubs;

/// <summary><c>approvals:all</c>, for inboxes: that some decision is asked for or was made, for those who decide.</summary>
public sealed class ApprovalTopics : ITopicAccess
{
    public string Kind => NewsKinds.Approvals;

    public Task<bool> MayFollowAsync(ClaimsPrincipal person, string id, CancellationToken cancellation) => Task.FromResult(person.May(Permission.DecideApprovals));
}
