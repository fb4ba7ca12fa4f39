using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using Shouldly;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class PendingStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IPendingStore pending = host.Get<IPendingStore>();

    [Fact]
    public async Task Timer_is_found_when_due_and_moves_when_set_again()
    {
        var (id, long_ago) = (Sample.Id(), new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var timer = new Timer(id, "e", long_ago, new TimerRang("retry", "run", 2, "detail"));
        await host.Executions.CommitAsync(new Commit { AddTimers = [timer] }, None);
        (await pending.TimersAsync(long_ago, 10, None)).ShouldBeEmpty();
        (await pending.TimersAsync(long_ago.AddSeconds(1), 10, None)).ShouldBe([timer]);
        await host.Executions.CommitAsync(new Commit { RemoveTimers = [id], AddTimers = [timer with { Due = long_ago.AddHours(1) }] }, None);
        (await pending.TimersAsync(long_ago.AddSeconds(1), 10, None)).ShouldBeEmpty();
        await host.Executions.CommitAsync(new Commit { RemoveTimers = [id] }, None);
        (await pending.TimersAsync(long_ago.AddHours(2), 10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Letters_come_in_the_order_of_their_commits_until_removed()
    {
        var to = Sample.Id();
        for (var number = 0; number < 3; number++)
            await host.Executions.CommitAsync(new Commit { AddLetters = [new Letter($"{9 - number}-{to}", to, new TimerRang("loop", null, number))] }, None);
        var mine = (await pending.LettersAsync(1000, None)).Where(letter => letter.ExecutionId == to).ToList();
        mine.Select(letter => ((TimerRang)letter.Command).Attempt).ShouldBe([0, 1, 2]);
        await host.Executions.CommitAsync(new Commit { RemoveLetters = [.. mine.Select(letter => letter.Id)] }, None);
        (await pending.LettersAsync(1000, None)).ShouldNotContain(letter => letter.ExecutionId == to);
    }

    [Fact]
    public async Task Execution_with_any_waker_is_not_asleep()
    {
        var kinds = Enumerable.Range(0, 7).Select(_ => Sample.Execution(Sample.Id())).ToList();
        var ended = Sample.Execution(Sample.Id(), state: State.Success);
        await host.Executions.CommitAsync(Sample.Commit([.. kinds.Append(ended).Select(execution => Sample.Created(execution))]) with
        {
            AddWork = [new WorkItem(Sample.Id(), kinds[0].Id, "r", 1, "nobody", "task")],
            AddTimers = [new Timer(Sample.Id(), kinds[1].Id, DateTimeOffset.MaxValue, new Advance())],
            AddLetters = [new Letter(Sample.Id(), kinds[2].Id, new Advance())],
            OpenWaits = [Wait(kinds[3].Id), Wait(kinds[4].Id)],
            CloseWaits = [],
        }, None);
        await host.Executions.CommitAsync(new Commit { CloseWaits = [new WaitDecision(kinds[4].Id, "run " + kinds[4].Id, "approved", "bob", Sample.Now)] }, None);
        var child = Sample.Execution(Sample.Id()) with { Trigger = new ExecutionTrigger("sub", "core.flow.Subflow", Domain.Values.Data.Map(("executionId", kinds[5].Id))) };
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(child)), None);

        var asleep = await pending.WithoutWakerAsync(DateTimeOffset.UtcNow.AddSeconds(1), 10_000, None);
        asleep.Intersect([.. kinds.Select(execution => execution.Id), ended.Id, child.Id]).Order().ShouldBe(new[] { kinds[4].Id, kinds[6].Id, child.Id }.Order());
        (await pending.WithoutWakerAsync(DateTimeOffset.UtcNow.AddHours(-1), 10_000, None)).ShouldNotContain(kinds[6].Id);

        static Wait Wait(string execution) => new() { ExecutionId = execution, TaskRunId = "run " + execution, TaskId = "ask", Namespace = "acme", FlowId = "f", Since = Sample.Now };
    }
}
