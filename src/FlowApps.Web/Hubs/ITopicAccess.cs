using System.Security.Claims;

namespace FlowApps.Web.Hubs;

/// <summary>Who may follow the news of one kind of thing. Registered by the feature that owns the kind.</summary>
public interface ITopicAccess
{
    /// <summary>The word before the colon of a topic.</summary>
    string Kind { get; }

    Task<bool> MayFollowAsync(ClaimsPrincipal person, string id, CancellationToken cancellation);
}
