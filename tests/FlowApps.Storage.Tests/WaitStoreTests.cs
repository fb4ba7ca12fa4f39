using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class WaitStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IWaitStore waits = host.Get<IWaitStore>();
    private readonly string ns = "waits" + Sample.Id().ToLowerInvariant();

    [Fact]
    public async Task Wait_is_open_until_decided_and_remembers_by_whom()
    {
        var wait = Wait("a") with { Title = "Holiday of Bea", Users = ["ann"] };
        await host.Executions.CommitAsync(new Commit { OpenWaits = [wait] }, None);
        (await waits.FindAsync(wait.ExecutionId, wait.TaskRunId, None))!.Title.ShouldBe("Holiday of Bea");
        (await IdsAsync(new WaitQuery(Text: "holiday"))).ShouldBe(["a"]);
        var decision = new WaitDecision(wait.ExecutionId, wait.TaskRunId, "approved", "ann", Sample.Now.AddHours(1), "fine", Data.Map(("days", 3)));
        await host.Executions.CommitAsync(new Commit { CloseWaits = [decision] }, None);
        await host.Executions.CommitAsync(new Commit { CloseWaits = [decision with { Outcome = "rejected", By = "late" }] }, None);
        var decided = (await waits.OfExecutionAsync(wait.ExecutionId, None)).ShouldHaveSingleItem().Decision.ShouldNotBeNull();
        (decided.Outcome, decided.By, decided.Comment, decided.Inputs!["days"]).ShouldBe(("approved", "ann", "fine", 3));
        (await IdsAsync(new WaitQuery())).ShouldBeEmpty();
        (await IdsAsync(new WaitQuery(Open: false, DecidedBy: "ann"))).ShouldBe(["a"]);
        await host.Executions.CommitAsync(new Commit { OpenWaits = [wait] }, None);
        (await IdsAsync(new WaitQuery())).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Person_sees_what_names_them_their_groups_or_nobody()
    {
        await host.Executions.CommitAsync(new Commit
        {
            OpenWaits = [Wait("anyone"), Wait("ann") with { Users = ["ann"] }, Wait("finance") with { Groups = ["finance"] }, Wait("both") with { Users = ["bob"], Groups = ["hr"] }],
        }, None);
        (await IdsAsync(new WaitQuery(User: "ann"))).ShouldBe(["ann", "anyone"]);
        (await IdsAsync(new WaitQuery(User: "cem", Groups: ["finance", "hr"]))).ShouldBe(["anyone", "both", "finance"]);
        (await IdsAsync(new WaitQuery(User: "bob", Groups: []))).ShouldBe(["anyone", "both"]);
        (await IdsAsync(new WaitQuery())).Count.ShouldBe(4);
    }

    private async Task<List<string>> IdsAsync(WaitQuery query) => [.. (await waits.SearchAsync(query with { Namespace = ns }, new PageRequest(), None)).Results.Select(wait => wait.TaskId).Order(StringComparer.Ordinal)];

    private Wait Wait(string task) => new() { ExecutionId = Sample.Id(), TaskRunId = Sample.Id(), TaskId = task, Namespace = ns, FlowId = "f", Since = Sample.Now };
}
