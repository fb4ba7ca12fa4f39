using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Engine.Approvals;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>A line of the inbox. <c>Approved</c> of <c>Needed</c> people have approved; <c>Holder</c>: who has taken it on, in the reader's view.</summary>
public sealed record InboxItem(Wait Wait, string Title, string Who, string What, int Approved, int Needed, string? Holder);

/// <summary>What waits for the reader, what they wait for, and what was decided.</summary>
public sealed class Inbox(IWaitStore waits, IExecutionStore executions, UserDirectory users, Voices voices, Reader reader, ReaderZone zone, TimeProvider clock)
{
    public const int Size = 50;
    private const int Known = 200;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<long> CountAsync(CancellationToken cancellation) =>
        reader.May(Permission.DecideApprovals) ? (await waits.SearchAsync(await voices.InAsync(WaitLane.ToDecide, cancellation), new PageRequest(1, 1), cancellation)).Total : 0;

    /// <summary>Open questions, the most pressing and then the longest waiting first; decided ones, the newest first.</summary>
    public async Task<Page<InboxItem>> ListAsync(InboxView view, CancellationToken cancellation, int size = Size)
    {
        var query = await voices.InAsync(view.Lane, cancellation) with { Text = view.Text };
        if (view.IsToDecide) query = query with { DueBefore = view.Only == InboxView.Today ? Tomorrow : null, AtLeast = view.Only == InboxView.Urgent ? Urgency.High : null };
        var found = await waits.SearchAsync(query, new PageRequest(view.Page, size), cancellation);
        var untitled = found.Results.Where(wait => wait.Title is null).Select(wait => wait.ExecutionId).Distinct().ToList();
        var rows = untitled.Count == 0 ? [] : (await executions.SearchAsync(new ExecutionQuery { Ids = untitled }, new PageRequest(1, size), cancellation)).Results;
        var byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in found.Results.SelectMany(wait => new[] { wait.Requester, wait.ClaimedBy }).OfType<string>().Distinct())
            names[name] = (await users.FindAsync(name, cancellation))?.DisplayName ?? name;
        return new Page<InboxItem>(found.Results.Select(wait => Item(wait, byId.GetValueOrDefault(wait.ExecutionId), names)).ToList(), found.Total);
    }

    /// <summary>Of which flows the reader was or is asked lately.</summary>
    public async Task<IReadOnlyList<(string Namespace, string Flow)>> AskedOfAsync(CancellationToken cancellation)
    {
        var found = new SortedSet<(string Namespace, string Flow)>();
        foreach (var lane in new[] { WaitLane.ToDecide, WaitLane.Decided })
            foreach (var wait in (await waits.SearchAsync((await voices.InAsync(lane, cancellation)) with { InPlaceOf = [] }, new PageRequest(1, Known), cancellation)).Results) found.Add((wait.Namespace, wait.FlowId));
        return [.. found];
    }

    /// <summary>How long the reader's decisions of the last thirty days took, and what waits now.</summary>
    public async Task<DecisionPace> PaceAsync(CancellationToken cancellation) =>
        await waits.PaceAsync(await voices.InAsync(WaitLane.ToDecide, cancellation), clock.GetUtcNow() - Lately, clock.GetUtcNow(), cancellation);

    private DateTimeOffset Tomorrow
    {
        get
        {
            var midnight = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone.Zone).Date.AddDays(1);
            while (zone.Zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
            return new DateTimeOffset(midnight, zone.Zone.GetUtcOffset(midnight));
        }
    }

    private InboxItem Item(Wait wait, ExecutionSummary? row, Dictionary<string, string> names) => new(
        wait,
        wait.Title ?? (row is null ? TaskWords.Of(wait.TaskId) : RequestRow.HeadlineOf(row, TaskWords.Of(wait.FlowId))),
        wait.Requester is { } requester ? names.GetValueOrDefault(requester, requester) : "By itself",
        TaskWords.Of(wait.FlowId),
        Tally.Of(wait).Sum(stage => stage.Approvals.Count),
        wait.Policy.Stages.Sum(stage => stage.Quorum),
        wait.ClaimedBy is null ? null : wait.ClaimedBy == reader.Name ? "you" : names[wait.ClaimedBy]);
}
