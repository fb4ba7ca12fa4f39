using FlowApps.Domain.Executions;
using Shouldly;

namespace FlowApps.Storage.Tests;

public sealed class NeighbourhoodTests(StorageHost host) : IClassFixture<StorageHost>
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly INeighbours here = host.Get<INeighbours>();

    [Fact]
    public async Task Process_hears_of_work_for_anybody_and_of_executions_that_others_moved()
    {
        var other = await host.JoinedAsync();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await using var news = other.Get<INeighbours>().WatchAsync("other:1", limit.Token).GetAsyncEnumerator(limit.Token);
            (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Hearing>();
            await host.Executions.CommitAsync(new Commit { AddWork = [new WorkItem(Sample.Id(), "execution", "run", 1, "nobody's", "task")] }, None);
            (await NextAsync(news)).ShouldBeOfType<NeighbourNews.WorkWaits>();
            var execution = Sample.Execution(Sample.Id());
            await other.Executions.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id()))), None);
            await host.Executions.CommitAsync(Sample.Commit(Sample.Created(execution)), None);
            (await NextAsync(news)).ShouldBeOfType<NeighbourNews.ExecutionMoved>().News.ShouldBe(new ExecutionNews(execution.Id, 1, execution.State.Current, execution.Flow));
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Many_executions_in_one_commit_are_all_heard_of()
    {
        var other = await host.JoinedAsync();
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await using var news = other.Get<INeighbours>().WatchAsync("other:2", limit.Token).GetAsyncEnumerator(limit.Token);
            (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Hearing>();
            var made = Enumerable.Range(0, 500).Select(_ => Sample.Execution(Sample.Id())).ToList();
            await host.Executions.CommitAsync(Sample.Commit([.. made.Select(execution => Sample.Created(execution))]), None);
            var heard = new HashSet<string>();
            while (heard.Count < made.Count) heard.Add((await NextAsync(news)).ShouldBeOfType<NeighbourNews.ExecutionMoved>().News.ExecutionId);
            heard.ShouldBe(made.Select(execution => execution.Id), ignoreOrder: true);
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Process_lives_for_the_others_as_long_as_it_listens()
    {
        var owner = $"node:{Sample.Id()}";
        (await here.GoneAsync([owner], None)).ShouldBe([owner]);
        using var stop = new CancellationTokenSource();
        await using var news = here.WatchAsync(owner, stop.Token).GetAsyncEnumerator(stop.Token);
        (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Hearing>();
        (await here.GoneAsync([owner], None)).ShouldBeEmpty();
        (await here.AnyAsync("somebody:else", None)).ShouldBeTrue();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await news.MoveNextAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while ((await here.GoneAsync([owner], limit.Token)).Count == 0) await Task.Yield();
    }

    [Fact]
    public async Task Broken_connection_is_told_and_made_good()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var news = here.WatchAsync($"node:{Sample.Id()}", limit.Token).GetAsyncEnumerator(limit.Token);
        (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Hearing>();
        await host.AskAsync<long>("select count(pg_terminate_backend(pid)) from pg_stat_activity where query like '%hashtext%' and pid <> pg_backend_pid()");
        (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Deaf>();
        (await NextAsync(news)).ShouldBeOfType<NeighbourNews.Hearing>();
    }

    private static async Task<NeighbourNews> NextAsync(IAsyncEnumerator<NeighbourNews> news)
    {
        (await news.MoveNextAsync()).ShouldBeTrue();
        return news.Current;
    }
}
