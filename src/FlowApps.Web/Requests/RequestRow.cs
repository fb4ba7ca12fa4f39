using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Requests;

/// <summary>A request in a list: what it is about, from which app, and where it stands in a few words.</summary>
public sealed record RequestRow(string Id, string Headline, string App, Silhouette Shape, string Words, DateTimeOffset SentAt)
{
    public static string HeadlineOf(ExecutionSummary row, string otherwise) => HeadlineOf(row.Inputs, otherwise);

    /// <summary>What a request is about: the first short answer in words, which an address is not, else <paramref name="otherwise"/>.</summary>
    public static string HeadlineOf(IReadOnlyDictionary<string, object?> answers, string otherwise) =>
        answers.Values.OfType<string>().FirstOrDefault(text => text.Length is > 0 and <= 80 && !text.Contains("://", StringComparison.Ordinal)) ?? otherwise;
}
