using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
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
    private const int Called = 100;

    private readonly Dictionary<FlowId, string> titles = [];

    /// <summary>Those whose answers or app's name hold <paramref name="text"/> (null: all), in one of these states (none: all), sent through <paramref name="app"/> (null: any).</summary>
    public async Task<Page<RequestRow>> MineAsync(string? text, IReadOnlyList<State> states, PageRequest page, CancellationToken cancellation, App? app = null)
    {
        var query = new ExecutionQuery { CreatedBy = reader.Name, Child = false, States = states, Namespace = app?.Namespace, NamespacePrefix = false, Labels = app is null ? [] : [new Label("system.app", app.Id)] };
        if (text is not null) query = query with { Said = new SaidWords(text.Trim(), await FlowsCalledAsync(text, cancellation)) };
        var found = await store.SearchAsync(query, page, cancellation);
        var rows = new List<RequestRow>(found.Results.Count);
        foreach (var row in found.Results)
        {
            var title = await TitleAsync(row, cancellation);
            var (shape, words) = await StandingAsync(row, cancellation);
            rows.Add(new RequestRow(row.Id, RequestRow.HeadlineOf(row, title), title, shape, words, row.StartDate));
        }
        return new Page<RequestRow>(rows, found.Total);
    }

    private async Task<string> TitleAsync(ExecutionSummary row, CancellationToken cancellation)
    {
        var flow = new FlowId(row.Namespace, row.FlowId);
        return titles.TryGetValue(flow, out var title) ? title : titles[flow] = (await apps.OfFlowAsync(flow, cancellation))?.Name() ?? TaskWords.Of(row.FlowId);
    }

    /// <summary>The flows whose app is called like that.</summary>
    private async Task<IReadOnlyList<FlowId>> FlowsCalledAsync(string text, CancellationToken cancellation)
    {
        var called = await apps.SearchAsync(text, null, new PageRequest(1, Called), cancellation);
        return [.. called.Results.SelectMany(app => app.Flows.Select(flow => new FlowId(app.Namespace, flow.FlowId)).Prepend(app.Flow))];
    }

    /// <summary>Only what waits and what was closed has people behind it.</summary>
    private async Task<(Silhouette Shape, string Words)> StandingAsync(ExecutionSummary row, CancellationToken cancellation)
    {
        var plain = (row.State.PeopleSilhouette(), row.State.PeopleWord());
        if (row.State.IsTerminal && row.State != State.Cancelled) return plain;
        var asked = await waits.OfExecutionAsync(row.Id, cancellation);
        if (asked.FirstOrDefault(wait => wait.Decision is null) is { } open)
            return (Silhouette.Waiting, $"Waiting for {DecisionWords.Whom(open, await NamesAsync(open.Users, cancellation))}");
        return asked.LastOrDefault(wait => DecisionWords.IsNo(wait.Decision))?.Decision is { } declined && row.State == State.Cancelled
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
