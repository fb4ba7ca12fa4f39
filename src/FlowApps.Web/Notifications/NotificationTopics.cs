using System.Security.Claims;
using FlowApps.Web.Hubs;

namespace FlowApps.Web.Notifications;

/// <summary><c>notifications:NAME</c>: that somebody was told something, for that person alone.</summary>
public sealed class NotificationTopics : ITopicAccess
{
    public string Kind => NewsKinds.Notifications;

    public Task<bool> MayFollowAsync(ClaimsPrincipal person, string id, CancellationToken cancellation) => Task.FromResult(person.Identity is { IsAuthenticated: true, Name: var name } && name == id);
}
