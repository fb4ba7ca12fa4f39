using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Open questions to people, opened (again) and closed.</summary>
internal sealed class WaitRows : Rows
{
    private const string Open = """
        insert into waits (execution_id, task_run_id, namespace, flow_id, since, due, audience, excluded, took_part, requester, claimed_by, title, wait, urgency, amount)
        select r.execution_id, r.task_run_id, r.namespace, r.flow_id, r.since, r.due, string_to_array(r.audience, e'\x1e'), string_to_array(r.excluded, e'\x1e'), string_to_array(r.took_part, e'\x1e'),
            r.requester, r.claimed_by, r.title, r.wait, r.urgency, r.amount
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            as r(execution_id, task_run_id, namespace, flow_id, since, due, audience, excluded, took_part, requester, claimed_by, title, wait, urgency, amount)
        on conflict (execution_id, task_run_id) do update set since = excluded.since, due = excluded.due, audience = excluded.audience, excluded = excluded.excluded, took_part = excluded.took_part,
            requester = excluded.requester, claimed_by = excluded.claimed_by, title = excluded.title, wait = excluded.wait, urgency = excluded.urgency, amount = excluded.amount, decided_at = null, decided_by = null, decision = null
        """;

    private const string Close = """
        update waits w set decided_at = r.at, decided_by = r.by, decision = r.decision, took_part = case when r.by is null or r.by = any(w.took_part) then w.took_part else w.took_part || r.by end
        from unnest($1, $2, $3, $4, $5) as r(execution_id, task_run_id, at, by, decision)
        where w.execution_id = r.execution_id and w.task_run_id = r.task_run_id and w.decided_at is null
        """;

    private readonly Column<string> execution = new(), taskRun = new(), ns = new(), flow = new(), audience = new(), excluded = new(), tookPart = new();
    private readonly Column<DateTimeOffset> since = new(), decidedAt = new();
    private readonly Column<DateTimeOffset?> due = new();
    private readonly Column<byte[]?> wait = new(), decision = new();
    private readonly Column<short> urgency = new();
    private readonly Column<decimal?> amount = new();
    private readonly Column<string> closedExecution = new(), closedTaskRun = new();
    private readonly Column<string?> decidedBy = new(), requester = new(), claimedBy = new(), title = new();

    public override void Add(PreparedCommit commit)
    {
        for (var i = 0; i < commit.Commit.OpenWaits.Count; i++)
        {
            var open = commit.Commit.OpenWaits[i];
            execution.Add(open.ExecutionId);
            taskRun.Add(open.TaskRunId);
            ns.Add(open.Namespace);
            flow.Add(open.FlowId);
            since.Add(open.Since.ToUniversalTime());
            due.Add(open.Due?.ToUniversalTime());
            audience.Add(string.Join('\x1e', WaitPeople.Audience(open)));
            excluded.Add(string.Join('\x1e', WaitPeople.Excluded(open)));
            tookPart.Add(string.Join('\x1e', WaitPeople.TookPart(open)));
            requester.Add(open.Requester);
            claimedBy.Add(open.ClaimedBy);
            title.Add(open.Title is null ? null : Blob.Clean(open.Title));
            wait.Add(commit.Waits[i]);
            urgency.Add((short)open.Urgency);
            amount.Add(open.Amount);
        }
        for (var i = 0; i < commit.Commit.CloseWaits.Count; i++)
        {
            var close = commit.Commit.CloseWaits[i];
            closedExecution.Add(close.ExecutionId);
            closedTaskRun.Add(close.TaskRunId);
            decidedAt.Add(close.At.ToUniversalTime());
            decidedBy.Add(close.By);
            decision.Add(commit.Decisions[i]);
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (execution.Count > 0) yield return Command(Open, execution, taskRun, ns, flow, since, due, audience, excluded, tookPart, requester, claimedBy, title, wait, urgency, amount);
        if (closedExecution.Count > 0) yield return Command(Close, closedExecution, closedTaskRun, decidedAt, decidedBy, decision);
    }
}
