using FlowApps.Domain.Executions;
using FlowApps.Testing;
using Shouldly;

namespace FlowApps.Storage.Tests;

/// <summary>Writers of two processes that all want the same version of the same streams, and workers that look for work beside commits.</summary>
[Collection(Crowds.Name)]
public sealed class RaceTests(StorageHost host) : IClassFixture<StorageHost>
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>
    /// A round is one version of one stream that 32 writers want at once, sixteen in each of two processes. Many streams race beside each other, so that a batch holds rounds of many.
    /// </summary>
    [Fact]
    public async Task One_of_32_writers_in_two_processes_wins_each_version_and_the_others_are_told_so()
    {
        const int Writers = 32, Streams = 500, Versions = 200;
        var other = await host.JoinedAsync();
        try
        {
            IExecutionStore[] stores = [host.Executions, other.Executions];
            var executions = Enumerable.Range(0, Streams).Select(_ => Sample.Execution(Sample.Id())).ToList();
            await Task.WhenAll(executions.Select(execution => host.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None)));
            await Task.WhenAll(executions.Select(execution => Task.Run(() => RaceAsync(execution))));

            const long Rounds = (long)Streams * Versions;
            (await host.AskAsync<long>("select count(*) from journal where version > 1")).ShouldBe(Rounds);
            // I12: the head is the highest version, and no version is missing or there twice.
            (await host.AskAsync<long>("select count(*) from executions e where version <> (select count(*) from journal j where j.execution_id = e.id) or version <> (select max(version) from journal j where j.execution_id = e.id)")).ShouldBe(0);
            Report.Goal($"R-31: {Rounds:N0} versions of {Streams} streams, each wanted by {Writers} writers in two processes at once ({Rounds * Writers:N0} commits): one winner each, whose event is the stored one; the others are refused");

            async Task RaceAsync(Execution execution)
            {
                var winners = new List<int>(Versions);
                for (var version = 1; version <= Versions; version++)
                {
                    var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => stores[writer % 2].CommitAsync(Sample.Commit(Sample.Written(execution, version, writer)), None)));
                    winners.Add(outcomes.Index().Single(outcome => outcome.Item == CommitOutcome.Done).Index);
                    outcomes.Count(outcome => outcome == CommitOutcome.Conflict).ShouldBe(Writers - 1);
                }
                var stored = await host.Executions.EventsAsync(execution.Id, 1, Versions + 1, None);
                stored.Select(happened => ((VariablesChanged)happened).Vars["number"]).ShouldBe(winners.Cast<object>());
            }
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Work_is_visible_only_with_its_execution_to_those_who_pull_while_it_is_committed()
    {
        const int Pulls = 100_000, Pullers = 8, Writers = 8;
        var other = await host.JoinedAsync();
        try
        {
            using var over = new CancellationTokenSource();
            var writing = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(host.Executions, over.Token))).ToList();
            var (pulls, pulled, orphans) = (0, 0, 0);
            await Task.WhenAll(Enumerable.Range(0, Pullers).Select(puller => Task.Run(() => PullAsync($"puller {puller}"))));
            await over.CancelAsync();
            var written = (await Task.WhenAll(writing)).Sum();
            orphans.ShouldBe(0);
            pulled.ShouldBeInRange(1, written);
            Report.Goal($"R-48: {Pulls:N0} pulls by {Pullers} workers beside {written:N0} commits of another process: {pulled:N0} items of work, each with its execution");

            async Task PullAsync(string worker)
            {
                while (Interlocked.Increment(ref pulls) <= Pulls)
                {
                    var items = await other.Get<IWorkQueue>().ClaimAsync(worker, [null], 10, TimeSpan.FromMinutes(10), [], None);
                    foreach (var item in items)
                    {
                        Interlocked.Increment(ref pulled);
                        if (await other.Executions.VersionAsync(item.ExecutionId, None) is null) Interlocked.Increment(ref orphans);
                    }
                    if (items.Count > 0) (await other.Executions.CommitAsync(new Commit { FinishWork = [.. items.Select(item => (item.Id, item.Epoch))] }, None)).ShouldBe(CommitOutcome.Done);
                }
            }
        }
        finally
        {
            await other.StopAsync();
        }
    }

    private static async Task<int> WriteAsync(IExecutionStore store, CancellationToken over)
    {
        var written = 0;
        for (; !over.IsCancellationRequested; written++)
        {
            var execution = Sample.Execution(Sample.Id());
            (await store.CommitAsync(Sample.Commit(Sample.Created(execution)) with { AddWork = [new WorkItem(Sample.Id(), execution.Id, "run", 1, null, "task")] }, None)).ShouldBe(CommitOutcome.Done);
        }
        return written;
    }
}
