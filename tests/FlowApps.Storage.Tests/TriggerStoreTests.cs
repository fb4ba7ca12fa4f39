using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class TriggerStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly ITriggerStore triggers = host.Get<ITriggerStore>();
    private readonly string ns = "triggers" + Sample.Id().ToLowerInvariant();

    [Fact]
    public async Task Tick_and_its_execution_are_one_and_happen_once()
    {
        var state = Trigger("tick") with { NextExecutionDate = Sample.Now };
        (await triggers.StoreAsync([(state, 0)], None)).ShouldBeTrue();
        (await triggers.StoreAsync([(state, 0)], None)).ShouldBeFalse();
        var next = state with { Date = Sample.Now, NextExecutionDate = Sample.Now.AddMinutes(1) };
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            host.Executions.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id(), ns))) with { Triggers = [(next, 1)] }, None)));
        outcomes.Count(outcome => outcome == CommitOutcome.Done).ShouldBe(1);
        (await host.Executions.SearchAsync(new ExecutionQuery { Namespace = ns }, new PageRequest(), None)).Total.ShouldBe(1);
        var (stored, version) = (await triggers.LoadAsync(state.Key, None)).ShouldNotBeNull();
        (stored.NextExecutionDate, version).ShouldBe((next.NextExecutionDate, 2));
        (await triggers.StoreAsync([(Trigger("other"), 0), (state, 1)], None)).ShouldBeFalse();
        (await triggers.OfFlowAsync(state.Key.Flow, None)).ShouldHaveSingleItem().Version.ShouldBe(2);
        await triggers.DeleteAsync(state.Key, None);
        (await triggers.LoadAsync(state.Key, None)).ShouldBeNull();
        (await triggers.StoreAsync([(state, 3)], None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Due_are_the_enabled_unlocked_ones_earliest_first()
    {
        var old = new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero);
        await triggers.StoreAsync([(Trigger("second") with { NextExecutionDate = old.AddHours(1) }, 0)], None);
        await triggers.StoreAsync([(Trigger("first") with { NextExecutionDate = old }, 0)], None);
        await triggers.StoreAsync([(Trigger("off") with { NextExecutionDate = old, Disabled = true }, 0)], None);
        await triggers.StoreAsync([(Trigger("busy") with { NextExecutionDate = old, ExecutionId = "e" }, 0)], None);
        await triggers.StoreAsync([(Trigger("looking") with { NextExecutionDate = old, EvaluateRunningDate = old }, 0)], None);
        await triggers.StoreAsync([(Trigger("never"), 0)], None);
        (await triggers.DueAsync(old.AddYears(1), 10, None)).Select(due => due.State.Key.TriggerId).ShouldBe(["first", "second"]);
        (await triggers.DueAsync(old, 10, None)).Select(due => due.State.Key.TriggerId).ShouldBe(["first"]);
        (await triggers.NextDueAsync(None)).ShouldBe(old);
        (await triggers.SearchAsync(new TriggerQuery(ns, Disabled: true), new PageRequest(), None)).Results.ShouldHaveSingleItem().Key.TriggerId.ShouldBe("off");
        (await triggers.SearchAsync(new TriggerQuery(ns, Text: "OK"), new PageRequest(), None)).Results.ShouldHaveSingleItem().Key.TriggerId.ShouldBe("looking");
        foreach (var name in new[] { "first", "second" }) await triggers.DeleteAsync(Trigger(name).Key, None);
    }

    [Fact]
    public async Task Flow_without_exactly_its_rows_is_found_to_be_planned_again()
    {
        var flows = host.Get<IFlowStore>();
        var key = new FlowId(ns, "flow");
        Task<bool> SaveAsync(int revision, bool deleted = false) => flows.AppendAsync(new FlowRevision(key, revision, "id: flow", Sample.Now, null, Deleted: deleted),
            new FlowSummary(key, revision, null, [], false, Sample.Now, null, [], false), revision - 1, None);
        async Task IsAsync(bool unplanned, bool astray)
        {
            (await triggers.UnplannedAsync(None)).Contains(key).ShouldBe(unplanned);
            (await triggers.AstrayAsync(None)).Contains(key).ShouldBe(astray);
        }

        await SaveAsync(1);
        await IsAsync(unplanned: true, astray: true);
        await triggers.StoreAsync([(Trigger("one"), 0), (Trigger("two"), 0)], None);
        await triggers.PlannedAsync(key, 1, 2, None);
        await IsAsync(unplanned: false, astray: false);
        await SaveAsync(2);
        await IsAsync(unplanned: true, astray: true);
        await triggers.PlannedAsync(key, 2, 2, None);
        await IsAsync(unplanned: false, astray: false);
        await triggers.DeleteAsync(Trigger("one").Key, None);
        await IsAsync(unplanned: false, astray: true);
        await triggers.PlannedAsync(key, 2, 1, None);
        await IsAsync(unplanned: false, astray: false);
        await SaveAsync(3, deleted: true);
        await IsAsync(unplanned: false, astray: true);
        await triggers.DeleteAsync(Trigger("two").Key, None);
        await IsAsync(unplanned: false, astray: false);
    }

    private TriggerState Trigger(string id) => new() { Key = new TriggerKey(ns, "flow", id), Type = "core.trigger.Schedule" };
}
