using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.SignalR;

namespace FlowApps.Web.Hubs;

/// <summary>Says that something changed, never what: a page fetches its fragment with its reader's own rights.</summary>
public sealed class NewsHub(IEnumerable<ITopicAccess> access) : Hub
{
    public const string Route = "/hubs/news";
    private const int MaxTopics = 200;

    /// <summary>Joins the topics (<c>kind:id</c>) that the reader may follow; returns those they may not.</summary>
    [Permitted(Permission.UseApps)]
    public async Task<IReadOnlyList<string>> Watch(IReadOnlyList<string> topics)
    {
        var refused = new List<string>();
        foreach (var topic in topics.Take(MaxTopics))
        {
            var colon = topic.IndexOf(':', StringComparison.Ordinal);
            var allowed = colon > 0 && access.FirstOrDefault(a => a.Kind == topic[..colon]) is { } rule
                && await rule.MayFollowAsync(Context.User!, topic[(colon + 1)..], Context.ConnectionAborted);
            if (allowed) await Groups.AddToGroupAsync(Context.ConnectionId, topic, Context.ConnectionAborted);
            else refused.Add(topic);
        }
        refused.AddRange(topics.Skip(MaxTopics));
        return refused;
    }
}
