using FlowApps.Domain.Executions;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class WorkQueueTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly IWorkQueue queue = host.Get<IWorkQueue>();

    [Fact]
    public async Task Item_is_claimed_once_and_in_order()
    {
        var group = Sample.Id();
        var ids = await AddAsync(group, 50);
        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(owner => queue.ClaimAsync($"worker {owner}", [group], 10, Minute, [], None)));
        claims.SelectMany(claim => claim).Select(item => item.Id).Order().ShouldBe(ids.Order());
        foreach (var claim in claims) claim.Select(item => item.Id).ShouldBeInOrder();
        claims.SelectMany(claim => claim).ShouldAllBe(item => item.Epoch == 2 && item.Group == group && item.LeaseUntil > DateTimeOffset.UtcNow);
        (await queue.ClaimAsync("late", [group], 10, Minute, [], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Group_gets_only_its_own_work()
    {
        var group = Sample.Id();
        await AddAsync(group, 1);
        (await queue.ClaimAsync("w", [null, "other"], 10, Minute, [], None)).ShouldNotContain(item => item.Group == group);
        (await queue.ClaimAsync("w", [null, group], 10, Minute, [], None)).ShouldContain(item => item.Group == group);
    }

    [Fact]
    public async Task Expired_lease_goes_to_another_worker_and_the_late_report_is_stale()
    {
        var group = Sample.Id();
        await AddAsync(group, 1);
        var slow = (await queue.ClaimAsync("slow", [group], 1, TimeSpan.Zero, [], None)).ShouldHaveSingleItem();
        var quick = (await queue.ClaimAsync("quick", [group], 1, Minute, [], None)).ShouldHaveSingleItem();
        quick.Epoch.ShouldBe(slow.Epoch + 1);
        (await host.Executions.CommitAsync(new Commit { FinishWork = [(slow.Id, slow.Epoch)] }, None)).ShouldBe(CommitOutcome.Conflict);
        (await host.Executions.CommitAsync(new Commit { FinishWork = [(quick.Id, quick.Epoch)] }, None)).ShouldBe(CommitOutcome.Done);
        (await host.Executions.CommitAsync(new Commit { FinishWork = [(quick.Id, quick.Epoch)] }, None)).ShouldBe(CommitOutcome.Conflict);
    }

    [Fact]
    public async Task Renewal_tells_what_is_still_held()
    {
        var group = Sample.Id();
        var ids = await AddAsync(group, 2);
        await queue.ClaimAsync("a", [group], 1, TimeSpan.Zero, [], None);
        await queue.ClaimAsync("b", [group], 1, Minute, [], None);
        (await queue.RenewAsync("a", ids, Minute, None)).ShouldHaveSingleItem();
        (await queue.ClaimAsync("c", [group], 2, Minute, [], None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_owners_hold_is_free_for_all_once_it_is_released()
    {
        var (group, node) = (Sample.Id(), Sample.Id());
        await AddAsync(group, 3);
        foreach (var owner in new[] { ":old", ":new", "x:old" }) await queue.ClaimAsync(node + owner, [group], 1, Minute, [], None);
        (await queue.OwnersAsync(None)).ShouldContain(node + ":old");
        (await queue.ReleaseAsync([node + ":old"], None)).ShouldBe(1);
        (await queue.ClaimAsync(node + ":new", [group], 10, Minute, [], None)).ShouldHaveSingleItem().Epoch.ShouldBe(3);
    }

    [Fact]
    public async Task Who_still_works_on_an_item_does_not_take_it_again_when_its_lease_ran_out()
    {
        var group = Sample.Id();
        var ids = await AddAsync(group, 1);
        await queue.ClaimAsync("a", [group], 1, TimeSpan.Zero, [], None);
        (await queue.ClaimAsync("a", [group], 1, Minute, ids, None)).ShouldBeEmpty();
        (await queue.RenewAsync("a", ids, Minute, None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Work_handed_over_at_once_is_not_for_others_and_cancelled_work_is_gone()
    {
        var (group, id) = (Sample.Id(), Sample.Id());
        var item = new WorkItem(id, "execution", "run " + id, 1, group, "task") { Owner = "me", LeaseUntil = DateTimeOffset.UtcNow + Minute };
        await host.Executions.CommitAsync(new Commit { AddWork = [item] }, None);
        (await queue.ClaimAsync("other", [group], 10, Minute, [], None)).ShouldBeEmpty();
        await host.Executions.CommitAsync(new Commit { CancelWork = [item.TaskRunId] }, None);
        (await host.Executions.CommitAsync(new Commit { FinishWork = [(id, 1)] }, None)).ShouldBe(CommitOutcome.Conflict);
    }

    private async Task<List<string>> AddAsync(string group, int count)
    {
        var items = Enumerable.Range(0, count).Select(number => new WorkItem($"{group}-{number:D3}", "execution", "run", 1, group, "task", "payload")).ToList();
        (await host.Executions.CommitAsync(new Commit { AddWork = items }, None)).ShouldBe(CommitOutcome.Done);
        return items.Select(item => item.Id).ToList();
    }
}
