using System.Diagnostics;
using System.Globalization;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Storage.Embedded;
using FlowApps.Testing.Servers;
using Npgsql;
using Shouldly;

namespace FlowApps.Storage.Tests;

/// <summary>What was answered stays true whatever happens to the connections and the server; what was refused did not happen.</summary>
public sealed class FaultTests(StorageHost host) : IClassFixture<StorageHost>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Lost_answers_to_commits_lose_and_double_nothing()
    {
        await using var proxy = new LossyProxy(Path.Combine(host.Folder, "pg"));
        var other = new StorageHost(new StorageOptions { Data = host.Folder, Patience = Patience, ConnectionString = Through(proxy.Folder) });
        await other.StartAsync();
        try
        {
            var executions = await LoadAsync(other.Executions, 8, 60, TimeSpan.FromMilliseconds(150), proxy.LoseNext, () => proxy.Lost > 3);
            proxy.Lost.ShouldBeGreaterThan(3);
            await ShouldBeThereOnceAsync(executions, 2);
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Terminated_connections_lose_and_double_nothing()
    {
        var other = await host.JoinedAsync(patience: Patience);
        try
        {
            var executions = await LoadAsync(other.Executions, 8, 100, TimeSpan.FromMilliseconds(200), () => host.AskAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'FlowApps'").GetAwaiter().GetResult());
            await ShouldBeThereOnceAsync(executions, 2);
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Batch_whose_number_another_has_taken_is_written_all_the_same()
    {
        var other = await host.JoinedAsync();
        try
        {
            await other.Executions.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id()))), None);
            await host.AskAsync<long>("with moved as (update writers set batch = batch + 1 returning 1) select count(*) from moved");
            foreach (var store in new[] { host.Executions, other.Executions })
            {
                var execution = Sample.Execution(Sample.Id());
                (await store.CommitAsync(Sample.Commit(Sample.Created(execution)), None)).ShouldBe(CommitOutcome.Done);
                (await store.LoadAsync(execution.Id, None)).ShouldNotBeNull().Version.ShouldBe(1);
            }
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Theory]
    [InlineData("PANIC", PostgresErrorCodes.IoError, true)]
    [InlineData("FATAL", PostgresErrorCodes.AdminShutdown, true)]
    [InlineData("ERROR", PostgresErrorCodes.CrashShutdown, true)]
    [InlineData("ERROR", PostgresErrorCodes.IoError, false)]
    [InlineData("ERROR", PostgresErrorCodes.DeadlockDetected, false)]
    public void Commit_is_in_doubt_when_its_session_ended_with_it(string severity, string code, bool inDoubt) =>
        Databases.Faults.IsConnectionLost(new PostgresException("the disk refused", severity, severity, code)).ShouldBe(inDoubt);

    [Fact]
    public async Task Deadlock_with_another_session_is_tried_again()
    {
        var (first, second) = (Sample.Execution("A" + Sample.Id()), Sample.Execution("B" + Sample.Id()));
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(first), Sample.Created(second)), None);
        await using var rival = new NpgsqlConnection(host.ConnectionString);
        await rival.OpenAsync();
        await using var transaction = await rival.BeginTransactionAsync();
        await LockAsync(second.Id);
        var commit = host.Executions.CommitAsync(Sample.Commit(Sample.Changed(first, 1), Sample.Changed(second, 1)), None);
        while (await host.AskAsync<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock'") == 0) await Task.Yield();
        try
        {
            await LockAsync(first.Id);
        }
        catch (PostgresException e)
        {
            e.SqlState.ShouldBe(PostgresErrorCodes.DeadlockDetected);
        }
        await transaction.RollbackAsync();
        (await commit).ShouldBe(CommitOutcome.Done);
        (await host.Executions.LoadAsync(first.Id, None))!.Version.ShouldBe(2);

        async Task LockAsync(string id)
        {
            await using var command = new NpgsqlCommand($"select from executions where id = '{id}' for update", rival, transaction);
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Row_held_by_another_session_holds_up_only_its_own_commit()
    {
        var held = Sample.Execution(Sample.Id());
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(held)), None);
        await using var rival = new NpgsqlConnection(host.ConnectionString);
        await rival.OpenAsync();
        await using var transaction = await rival.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand($"select from executions where id = '{held.Id}' for update", rival, transaction);
        await hold.ExecuteNonQueryAsync();
        var others = Enumerable.Range(0, 20).Select(_ => host.Executions.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id()))), None)).ToList();
        var refused = host.Executions.CommitAsync(Sample.Commit(Sample.Changed(held, 1)), None);
        others.AddRange(Enumerable.Range(0, 20).Select(_ => host.Executions.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id()))), None)));
        (await Task.WhenAll(others)).ShouldAllBe(outcome => outcome == CommitOutcome.Done);
        (await Should.ThrowAsync<RefusedException>(refused)).Kind.ShouldBe(RefusalKind.Unavailable);
        await transaction.RollbackAsync();
        (await host.Executions.CommitAsync(Sample.Commit(Sample.Changed(held, 1)), None)).ShouldBe(CommitOutcome.Done);
    }

    [Fact]
    public async Task Killed_server_comes_back_with_everything_it_confirmed()
    {
        var own = new StorageHost(new StorageOptions { Data = Path.Combine(Path.GetTempPath(), "flowapps-killed-" + Guid.NewGuid().ToString("N")[..8]), Patience = Patience });
        await own.StartAsync();
        try
        {
            var kills = 0;
            var executions = await LoadAsync(own.Executions, 8, 200, TimeSpan.FromMilliseconds(50), () =>
            {
                if (kills >= 2 || Postmaster(own) is not { } pid) return;
                Process.Start("kill", ["-9", pid.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
                kills++;
            }, () => kills >= 2);
            kills.ShouldBe(2);
            foreach (var execution in executions) (await own.Executions.LoadAsync(execution, None))!.Version.ShouldBe(2);
            (await own.AskAsync<long>("select count(*) from executions")).ShouldBe(executions.Count);
        }
        finally
        {
            await own.StopAsync();
            Directory.Delete(own.Folder, true);
        }
    }

    [Fact]
    public async Task Database_that_stays_away_is_a_refusal_and_nothing_was_accepted()
    {
        var folder = Path.Combine(Path.GetTempPath(), "flowapps-away-" + Guid.NewGuid().ToString("N")[..8]);
        var own = new StorageHost(new StorageOptions { Data = folder });
        await own.StartAsync();
        var joined = await own.JoinedAsync(patience: TimeSpan.FromMilliseconds(300));
        (await joined.Get<IStorageHealth>().LookAsync(None)).State.ShouldNotBe(StorageState.Away);
        await own.StopAsync();
        try
        {
            var execution = Sample.Execution(Sample.Id());
            (await joined.Get<IStorageHealth>().LookAsync(None)).State.ShouldBe(StorageState.Away);
            (await Should.ThrowAsync<RefusedException>(() => joined.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None))).Kind.ShouldBe(RefusalKind.Unavailable);
            (await Should.ThrowAsync<RefusedException>(() => joined.Executions.LoadAsync(execution.Id, None))).Kind.ShouldBe(RefusalKind.Unavailable);
            var again = new StorageHost(new StorageOptions { Data = folder });
            await again.StartAsync();
            (await again.Executions.LoadAsync(execution.Id, None)).ShouldBeNull();
            (await joined.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None)).ShouldBe(CommitOutcome.Done);
            (await again.Executions.LoadAsync(execution.Id, None))!.Version.ShouldBe(1);
            await again.StopAsync();
        }
        finally
        {
            await joined.StopAsync();
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task Second_process_adopts_the_server_and_keeps_it_when_the_first_ends()
    {
        var options = new StorageOptions { Data = Path.Combine(Path.GetTempPath(), "flowapps-shared-" + Guid.NewGuid().ToString("N")[..8]), Patience = Patience };
        var (first, second) = (new StorageHost(options), new StorageHost(options));
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        try
        {
            var execution = Sample.Execution(Sample.Id());
            await first.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None);
            (await second.Executions.LoadAsync(execution.Id, None)).ShouldNotBeNull();
            await first.StopAsync();
            (await second.Executions.CommitAsync(Sample.Commit(Sample.Changed(execution, 1)), None)).ShouldBe(CommitOutcome.Done);
        }
        finally
        {
            await second.StopAsync();
            Directory.Delete(first.Folder, true);
        }
    }

    [Fact]
    public async Task Server_whose_sessions_may_forget_is_refused()
    {
        var unsafeOne = new StorageHost(new StorageOptions { Data = host.Folder, ConnectionString = host.ConnectionString + ";Options=-c synchronous_commit=off" });
        (await Should.ThrowAsync<InvalidOperationException>(unsafeOne.StartAsync)).Message.ShouldContain("synchronous_commit");
        await unsafeOne.StopAsync();
    }

    [Theory]
    [InlineData("fsync")]
    [InlineData("full_page_writes")]
    public async Task Server_that_may_forget_is_refused(string setting)
    {
        var folder = Path.Combine(Path.GetTempPath(), "flowapps-forgets-" + Guid.NewGuid().ToString("N")[..8]);
        var made = new StorageHost(new StorageOptions { Data = folder });
        await made.StartAsync();
        await made.StopAsync();
        var data = Path.Combine(folder, "pg");
        var binaries = await PostgresBinaries.FindAsync(null, None);
        using var forgetful = Process.Start(Command.StartInfo(PostgresAccount.Prefix(PostgresAccount.Needed(), false,
            [binaries.Postgres, "-D", data, "-c", "listen_addresses=", "-c", $"unix_socket_directories={data}", "-c", $"{setting}=off"])))!;
        try
        {
            var limit = Stopwatch.StartNew();
            while (Embedded.Postmaster.Of(data) is not { IsReady: true })
            {
                (limit.Elapsed < Patience && !forgetful.HasExited).ShouldBeTrue("The database did not start.");
                await Task.Delay(20);
            }
            var joined = new StorageHost(new StorageOptions { Data = folder });
            (await Should.ThrowAsync<InvalidOperationException>(joined.StartAsync)).Message.ShouldContain($"{setting} = off");
            await joined.StopAsync();
        }
        finally
        {
            if (!forgetful.HasExited) forgetful.Kill();
            await forgetful.WaitForExitAsync();
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Makes executions of two commits each, disturbed again and again; every commit must be answered with Done. Goes on until each lane made its share and enough was disturbed, however fast the machine is.</summary>
    private static async Task<List<string>> LoadAsync(IExecutionStore store, int inFlight, int each, TimeSpan pace, Action disturb, Func<bool>? enough = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var made = new List<string>();
        using var ended = new CancellationTokenSource();
        var disturbing = Task.Run(async () =>
        {
            using var ticks = new PeriodicTimer(pace);
            while (!ended.IsCancellationRequested && await ticks.WaitForNextTickAsync()) disturb();
        });
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each || enough?.Invoke() == false && !limit.IsCancellationRequested; i++)
            {
                var execution = Sample.Execution(Sample.Id());
                (await store.CommitAsync(Sample.Commit(Sample.Created(execution)), None)).ShouldBe(CommitOutcome.Done);
                (await store.CommitAsync(Sample.Commit(Sample.Changed(execution, 1)), None)).ShouldBe(CommitOutcome.Done);
                lock (made) made.Add(execution.Id);
            }
        })));
        await ended.CancelAsync();
        await disturbing;
        return made;
    }

    private async Task ShouldBeThereOnceAsync(List<string> executions, int version)
    {
        foreach (var execution in executions)
        {
            (await host.Executions.LoadAsync(execution, None))!.Version.ShouldBe(version);
            (await host.Executions.EventsAsync(execution, 0, 100, None)).Count.ShouldBe(version);
        }
    }

    private static int? Postmaster(StorageHost own)
    {
        var file = Path.Combine(own.Folder, "pg", "postmaster.pid");
        return File.Exists(file) && File.ReadAllLines(file) is { Length: > 7 } lines && lines[7].Trim() == "ready" ? int.Parse(lines[0], CultureInfo.InvariantCulture) : null;
    }

    private string Through(string folder) => new NpgsqlConnectionStringBuilder(host.ConnectionString) { Host = folder }.ConnectionString;
}
