using FlowApps.Domain.Executions;
using FlowApps.Testing;
using Npgsql;
using Shouldly;

namespace FlowApps.Storage.Tests;

/// <summary>
/// Numbers that the database hands out have gaps, and what has a lower number may become visible later. Stores that read on from the highest number they have seen skip
/// such rows for ever; here nothing may be skipped, and nobody waits for a gap to close.
/// </summary>
public sealed class GapTests(StorageHost host) : IClassFixture<StorageHost>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly int Rounds = Times.Of(100, 1000);

    [Fact]
    public async Task Work_that_is_committed_late_is_claimed_once_though_later_numbers_went_before()
    {
        await AskAsync("""
            create or replace function linger() returns trigger language plpgsql as $$ begin if new.kind = 'late' then perform pg_sleep(0.02); end if; return new; end $$;
            create or replace trigger linger before insert on work for each row execute function linger();
            """);
        var other = await host.JoinedAsync();
        try
        {
            var claimed = new List<string>();
            var committing = Task.WhenAll(CommitAsync(host.Executions, "late"), CommitAsync(other.Executions, "soon"));
            var (pulls, begun) = (0, host.Get<TimeProvider>().GetTimestamp());
            for (; claimed.Count < 2 * Rounds && host.Get<TimeProvider>().GetElapsedTime(begun) < Patience; pulls++)
                foreach (var item in await host.Get<IWorkQueue>().ClaimAsync("worker", [null], 100, Lease, [], None))
                {
                    (await other.Executions.LoadAsync(item.ExecutionId, None)).ShouldNotBeNull();
                    claimed.Add(item.Id);
                }
            var made = (await committing).SelectMany(ids => ids).ToList();
            claimed.Order().ShouldBe(made.Order());
            Report.Goal($"R-33, R-48: {Rounds} rows that became visible after {Rounds} with other numbers: 0 skipped, 0 taken twice, each with its execution, in {pulls} pulls");
        }
        finally
        {
            await AskAsync("drop trigger linger on work");
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Stream_goes_on_after_appends_that_were_empty_rolled_back_or_late()
    {
        var execution = Sample.Execution(Sample.Id());
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None);
        for (var version = 1; version <= 100; version++)
        {
            await Should.ThrowAsync<ArgumentException>(() => host.Executions.CommitAsync(Sample.Commit(new StreamAppend(execution.Id, version, [], execution, true)), None));
            // A lone surrogate is no Unicode text: the server cannot store it.
            var wrong = Sample.Execution(Sample.Id()) with { CreatedBy = "\ud800" };
            await Should.ThrowAsync<Exception>(() => host.Executions.CommitAsync(Sample.Commit(Sample.Changed(execution, version), Sample.Created(wrong)), None));
            (await host.Executions.CommitAsync(Sample.Commit(Sample.Changed(execution, version - 1)), None)).ShouldBe(CommitOutcome.Conflict);
            (await host.Executions.CommitAsync(Sample.Commit(Sample.Changed(execution, version)), None)).ShouldBe(CommitOutcome.Done);
        }
        (await host.Executions.EventsAsync(execution.Id, 0, 1000, None)).Count.ShouldBe(101);
        Report.Goal("R-32: 100 empty, 100 rolled back and 100 late appends to one stream: each refused, 100 of 100 that followed are there");
    }

    [Fact]
    public async Task Nothing_waits_for_numbers_that_were_never_used_or_for_a_session_that_idles_in_its_transaction()
    {
        await using var idle = new NpgsqlConnection(host.ConnectionString + ";Pooling=false");
        await idle.OpenAsync();
        await using var transaction = await idle.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        await using var look = new NpgsqlCommand("select count(*) from work; insert into work (epoch, attempt, id, execution_id, task_run_id, kind) values (0, 1, 'never', 'never', 'never', 'never')", idle, transaction);
        await look.ExecuteNonQueryAsync();
        for (var round = 0; round < 100; round++)
        {
            await AskAsync("select nextval(pg_get_serial_sequence('work', 'seq')) from generate_series(1, 7)");
            var execution = Sample.Execution(Sample.Id());
            (await host.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)) with { AddWork = [new WorkItem(Sample.Id(), execution.Id, "run", 1, null, "after", null)] }, None)).ShouldBe(CommitOutcome.Done);
            (await host.Get<IWorkQueue>().ClaimAsync("worker", [null], 100, Lease, [], None)).ShouldContain(item => item.ExecutionId == execution.Id);
        }
        await transaction.RollbackAsync();
        Report.Goal("R-32: 100 gaps of numbers beside a session idle in its transaction: 100 of 100 claimed at once");
    }

    private static async Task<List<string>> CommitAsync(IExecutionStore store, string kind)
    {
        var made = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var (execution, work) = (Sample.Execution(Sample.Id()), Sample.Id());
            (await store.CommitAsync(Sample.Commit(Sample.Created(execution)) with { AddWork = [new WorkItem(work, execution.Id, "run", 1, null, kind, null)] }, None)).ShouldBe(CommitOutcome.Done);
            made.Add(work);
        }
        return made;
    }

    private async Task AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
