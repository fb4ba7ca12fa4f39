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

    /// <summary>Each round, transactions of several processes have their numbers and are held open while another one commits a higher number, which is claimed before they end.</summary>
    [Fact]
    public async Task Work_that_becomes_visible_late_behind_higher_numbers_is_claimed_once()
    {
        const int Gaps = 1000, LateOnes = 5;
        await AskAsync("""
            create or replace function linger() returns trigger language plpgsql as $$ begin if new.kind = 'late' then perform pg_advisory_xact_lock_shared(1); end if; return null; end $$;
            create or replace trigger linger after insert on work for each row execute function linger();
            """);
        await using var door = new NpgsqlConnection(host.ConnectionString + ";Pooling=false");
        await door.OpenAsync();
        var others = new List<StorageHost>();
        for (var process = 0; process < LateOnes; process++) others.Add(await host.JoinedAsync());
        try
        {
            for (var round = 0; round < Gaps / LateOnes; round++)
            {
                await RunAsync(door, "select pg_advisory_lock(1)");
                var late = others.Select(other => CommitAsync(other.Executions, "late")).ToList();
                while (await CountAsync(door, "select count(*) from pg_locks where locktype = 'advisory' and not granted") < LateOnes) await Task.Yield();
                var soon = await CommitAsync(host.Executions, "soon");
                (await ClaimAsync()).ShouldBe([soon]);
                await RunAsync(door, "select pg_advisory_unlock(1)");
                var ids = await Task.WhenAll(late);
                (await ClaimAsync()).ShouldBe(ids, ignoreOrder: true);
                (await CountAsync(door, $"select count(*) from work where kind = 'late' and seq < (select seq from work where id = '{soon}')")).ShouldBe(LateOnes);
                (await ClaimAsync()).ShouldBeEmpty();
                await RunAsync(door, "delete from work");
            }
            Report.Goal($"R-33: {Gaps} rows of {LateOnes} processes that became visible behind higher numbers that were claimed before: 0 skipped, 0 taken twice, each with its execution");
        }
        finally
        {
            await door.CloseAsync();
            await AskAsync("drop trigger linger on work");
            foreach (var other in others) await other.StopAsync();
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

    private static async Task<string> CommitAsync(IExecutionStore store, string kind)
    {
        var (execution, work) = (Sample.Execution(Sample.Id()), Sample.Id());
        (await store.CommitAsync(Sample.Commit(Sample.Created(execution)) with { AddWork = [new WorkItem(work, execution.Id, "run", 1, null, kind, null)] }, None)).ShouldBe(CommitOutcome.Done);
        return work;
    }

    private async Task<List<string>> ClaimAsync()
    {
        var claimed = await host.Get<IWorkQueue>().ClaimAsync("worker", [null], 100, Lease, [], None);
        foreach (var item in claimed) (await host.Executions.LoadAsync(item.ExecutionId, None)).ShouldNotBeNull();
        return [.. claimed.Select(item => item.Id)];
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task AskAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await RunAsync(connection, sql);
    }
}
