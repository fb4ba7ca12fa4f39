using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>A line of the inbox.</summary>
public sealed record InboxItem(Wait Wait, string Title, string Who, string What);

/// <summary>What waits for the reader, and what was decided.</summary>
public sealed class Inbox(IWaitStore waits, IExecutionStore executions, UserDirectory users, Reader reader)
{
    public const int Size = 50;

    public async Task<long> CountAsync(CancellationToken cancellation) =>
        reader.May(Permission.DecideApprovals) ? (await waits.SearchAsync(In(WaitLane.ToDecide), new PageRequest(1, 1), cancellation)).Total : 0;

    /// <summary>Open questions, the longest waiting first; <paramref name="decided"/>: decided ones, the newest first.</summary>
    public async Task<Page<InboxItem>> ListAsync(bool decided, string? text, int page, CancellationToken cancellation)
    {
        var query = In(decided ? WaitLane.Decided : WaitLane.ToDecide) with { Text = text };
        var found = await waits.SearchAsync(query, new PageRequest(page, Size), cancellation);
        var rows = found.Results.Count == 0 ? [] : (await executions.SearchAsync(new ExecutionQuery { Ids = found.Results.Select(wait => wait.ExecutionId).Distinct().ToList() }, new PageRequest(1, Size), cancellation)).Results;
        var byId = rows.ToDictionary(row => row.Id, StringComparer.Ordinal);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in found.Results.Select(wait => wait.Requester).OfType<string>().Distinct())
            names[name] = (await users.FindAsync(name, cancellation))?.DisplayName ?? name;
        return new Page<InboxItem>(found.Results.Select(wait => Item(wait, byId.GetValueOrDefault(wait.ExecutionId), names)).ToList(), found.Total);
    }

    private WaitQuery In(WaitLane lane) => new() { Lane = lane, Person = new Voice(reader.Name, reader.Groups) };

    private static InboxItem Item(Wait wait, ExecutionSummary? row, Dictionary<string, string> names) => new(
        wait,
        wait.Title ?? (row is null ? TaskWords.Of(wait.TaskId) : RequestRow.HeadlineOf(row, TaskWords.Of(wait.FlowId))),
        wait.Requester is { } requester ? names.GetValueOrDefault(requester, requester) : "By itself",
        TaskWords.Of(wait.FlowId));
}
