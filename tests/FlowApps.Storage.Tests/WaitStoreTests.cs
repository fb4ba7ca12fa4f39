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
        (await IdsAsync(Of("ann", WaitLane.Decided))).ShouldBe(["a"]);
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
        (await IdsAsync(Of("ann"))).ShouldBe(["ann", "anyone"]);
        (await IdsAsync(Of("cem", WaitLane.ToDecide, "finance", "hr"))).ShouldBe(["anyone", "both", "finance"]);
        (await IdsAsync(Of("bob"))).ShouldBe(["anyone", "both"]);
        (await IdsAsync(new WaitQuery())).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Lanes_say_what_a_question_is_to_somebody()
    {
        var vote = new Vote(new Ballot { Id = "b", Outcome = "approve", By = "ann", Groups = ["finance"] }, OutcomeKind.Approve, Sample.Now, 1, 0, ["decision"]);
        await host.Executions.CommitAsync(new Commit
        {
            OpenWaits =
            [
                Wait("named") with { Users = ["ann"] }, Wait("team") with { Groups = ["finance"] }, Wait("own") with { Groups = ["finance"], Requester = "ann" }, Wait("voted") with { Groups = ["finance"], Votes = [vote] },
                Wait("taken") with { Groups = ["finance"], ClaimedBy = "ann" }, Wait("other") with { Users = ["tom"] }, Wait("back") with { Users = ["tom"], Requester = "ann", Changes = new ChangeRequest("tom", Sample.Now, null, new Dictionary<string, string>()) },
            ],
        }, None);
        (await IdsAsync(Of("ann", WaitLane.ToDecide, "finance"))).ShouldBe(["named", "taken", "team"]);
        (await IdsAsync(Of("ann", WaitLane.Assigned, "finance"))).ShouldBe(["named", "taken"]);
        (await IdsAsync(Of("ann", WaitLane.Available, "finance"))).ShouldBe(["team"]);
        (await IdsAsync(Of("ann", WaitLane.WithOthers, "finance"))).ShouldBe(["voted"]);
        (await IdsAsync(Of("ann", WaitLane.ToChange))).ShouldBe(["back"]);
        (await IdsAsync(Of("bob") with { InPlaceOf = [new Voice("tom", [], ns)] })).ShouldBe(["other"]);
        (await IdsAsync(Of("bob") with { InPlaceOf = [new Voice("tom", [], "elsewhere")] })).ShouldBeEmpty();
        (await IdsAsync(Of("bob") with { InPlaceOf = [new Voice("tom", [], null, "g")] })).ShouldBeEmpty();
        (await IdsAsync(Of("bob") with { InPlaceOf = [new Voice("tom", [], ns) { Limit = 1_000_000 }] })).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_presses_comes_first_and_a_limit_covers_what_says_a_smaller_amount()
    {
        await host.Executions.CommitAsync(new Commit
        {
            OpenWaits =
            [
                Wait("usual") with { Users = ["eva"], Amount = 100 }, Wait("idle") with { Users = ["eva"], Urgency = Urgency.Low, Since = Sample.Now.AddDays(-9) }, Wait("fire") with { Users = ["eva"], Urgency = Urgency.High, Amount = 100.5m, Since = Sample.Now.AddDays(1) },
            ],
        }, None);
        (await waits.SearchAsync(Of("eva") with { Namespace = ns }, new PageRequest(), None)).Results.Select(wait => wait.TaskId).ShouldBe(["fire", "usual", "idle"]);
        (await IdsAsync(Of("eva") with { AtLeast = Urgency.High })).ShouldBe(["fire"]);
        (await IdsAsync(Of("bob") with { InPlaceOf = [new Voice("eva", []) { Limit = 100 }] })).ShouldBe(["usual"]);
    }

    [Fact]
    public async Task Pace_is_the_median_time_from_asking_to_answer()
    {
        foreach (var hours in new[] { 1, 2, 9 })
        {
            var wait = Wait("w") with { Users = ["pia"] };
            await host.Executions.CommitAsync(new Commit { OpenWaits = [wait] }, None);
            await host.Executions.CommitAsync(new Commit { CloseWaits = [new WaitDecision(wait.ExecutionId, wait.TaskRunId, "approved", "pia", Sample.Now.AddHours(hours))] }, None);
        }
        await host.Executions.CommitAsync(new Commit { OpenWaits = [Wait("late") with { Users = ["pia"], Due = Sample.Now }, Wait("open") with { Users = ["pia"] }] }, None);
        var pace = await waits.PaceAsync(Of("pia") with { Namespace = ns }, Sample.Now, Sample.Now.AddHours(1), None);
        pace.ShouldBe(new DecisionPace(3, TimeSpan.FromHours(2), TimeSpan.FromHours(9), 1, 2));
    }

    private static WaitQuery Of(string person, WaitLane lane = WaitLane.ToDecide, params string[] groups) => new() { Lane = lane, Person = new Voice(person, groups) };

    private async Task<List<string>> IdsAsync(WaitQuery query) => [.. (await waits.SearchAsync(query with { Namespace = ns }, new PageRequest(), None)).Results.Select(wait => wait.TaskId).Order(StringComparer.Ordinal)];

    private Wait Wait(string task) => new() { ExecutionId = Sample.Id(), TaskRunId = Sample.Id(), TaskId = task, Namespace = ns, FlowId = "f", Since = Sample.Now };
}
