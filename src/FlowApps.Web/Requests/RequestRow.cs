using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>A request in a list: what it is about, from which app, and where it stands in a few words.</summary>
public sealed record RequestRow(string Id, string Headline, string App, Silhouette Shape, string Words, DateTimeOffset SentAt)
{
    /// <summary>What a request is about: the first short text that the requester wrote, else <paramref name="otherwise"/>.</summary>
    public static string HeadlineOf(ExecutionSummary row, string otherwise) =>
        row.Inputs.Values.OfType<string>().FirstOrDefault(text => text.Length is > 0 and <= 80 && !text.StartsWith("kestra://", StringComparison.Ordinal)) ?? otherwise;
}
