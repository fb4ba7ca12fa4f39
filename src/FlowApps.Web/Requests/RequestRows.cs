using FlowApps.Domain.Apps;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps;
using FlowApps.Web.Look;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests;

/// <summary>The reader's own requests, newest first, each with whom it waits for or who declined it.</summary>
public sealed class RequestRows(IExecutionStore store, IWaitStore waits, IApps apps, UserDirectory users, Reader reader)
{
    public async Task<Page<RequestRow>> MineAsync(string? text, IReadOnlyList<State> states, PageRequest page, CancellationToken cancellation)
    {
        var found = await store.SearchAsync(new ExecutionQuery { CreatedBy = reader.Name, Child = false, Text = text, States = states }, page, cancellation);
        var titles = new Dictionary<FlowId, string>();
        var rows = new List<RequestRow>(found.Results.Count);
        foreach (var row in found.Results)
        {
            var flow = new FlowId(row.Namespace, row.FlowId);
            if (!titles.TryGetValue(flow, out var title)) titles[flow] = title = (await apps.OfFlowAsync(flow, cancellation))?.Name() ?? TaskWords.Of(row.FlowId);
            var (shape, words) = await StandingAsync(row, cancellation);
            rows.Add(new RequestRow(row.Id, RequestRow.HeadlineOf(row, title), title, shape, words, row.StartDate));
        }
        return new Page<RequestRow>(rows, found.Total);
    }

    /// <summary>Only what waits and what was closed has people behind it.</summary>
    private async Task<(Silhouette Shape, string Words)> StandingAsync(ExecutionSummary row, CancellationToken cancellation)
    {
        var plain = (row.State.PeopleSilhouette(), row.State.PeopleWord());
        if (row.State.IsTerminal && row.State != State.Cancelled) return plain;
        var asked = await waits.OfExecutionAsync(row.Id, cancellation);
        if (asked.FirstOrDefault(wait => wait.Decision is null) is { } open)
            return (Silhouette.Waiting, $"Waiting for {DecisionWords.Whom(open, await NamesAsync(open.Users, cancellation))}");
        return asked.LastOrDefault(wait => wait.Decision?.Outcome == DecisionWords.Rejected)?.Decision is { } declined && row.State == State.Cancelled
            ? (Silhouette.Failed, declined.By is null ? "Declined" : $"Declined by {(await NamesAsync([declined.By], cancellation))(declined.By)}")
            : plain;
    }

    private async Task<Func<string, string>> NamesAsync(IReadOnlyList<string> names, CancellationToken cancellation)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names) known[name] = (await users.FindAsync(name, cancellation))?.DisplayName ?? name;
        return name => known.GetValueOrDefault(name, name);
    }
}
