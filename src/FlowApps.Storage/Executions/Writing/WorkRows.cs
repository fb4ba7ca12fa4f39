using FlowApps.Storage.Databases;
using Npgsql;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Work: finished items leave with exactly their epoch, withdrawn ones leave if there, new ones come unless already there.</summary>
internal sealed class WorkRows : Rows
{
    private const string Finish = """
        with gone as (delete from work w using unnest($1, $2) as r(id, epoch) where w.id = r.id and w.epoch = r.epoch returning 1)
        select expect((select count(*) from gone), $3, 'FA001')
        """;

    private const string Withdraw = "delete from work where task_run_id = any($1)";

    private const string Insert = """
        insert into work (id, execution_id, task_run_id, attempt, queue, kind, payload, owner, epoch, lease_until)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as r(id) where not exists (select from work w where w.id = r.id)
        """;

    private readonly Column<string> finished = new(), withdrawn = new(), id = new(), execution = new(), taskRun = new(), kind = new();
    private readonly Column<string?> queue = new(), payload = new(), owner = new();
    private readonly Column<int> finishedEpoch = new(), attempt = new(), epoch = new();
    private readonly Column<DateTimeOffset?> lease = new();

    public override void Add(PreparedCommit commit)
    {
        foreach (var (finishedId, finishedIn) in commit.Commit.FinishWork)
        {
            finished.Add(finishedId);
            finishedEpoch.Add(finishedIn);
        }
        foreach (var taskRunId in commit.Commit.CancelWork) withdrawn.Add(taskRunId);
        foreach (var work in commit.Commit.AddWork)
        {
            id.Add(work.Id);
            execution.Add(work.ExecutionId);
            taskRun.Add(work.TaskRunId);
            attempt.Add(work.Attempt);
            queue.Add(work.Group);
            kind.Add(work.Kind);
            payload.Add(work.Payload is null ? null : Blob.Clean(work.Payload));
            owner.Add(work.Owner);
            epoch.Add(work.Epoch);
            lease.Add(work.LeaseUntil?.ToUniversalTime());
        }
    }

    public override IEnumerable<NpgsqlBatchCommand> Commands()
    {
        if (finished.Count > 0) yield return Expecting(finished.Count, Finish, finished, finishedEpoch);
        if (withdrawn.Count > 0) yield return Command(Withdraw, withdrawn);
        if (id.Count > 0) yield return Command(Insert, id, execution, taskRun, attempt, queue, kind, payload, owner, epoch, lease);
    }
}
