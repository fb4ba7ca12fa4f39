using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class ExecutionSearchTests(StorageHost host) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string root = "find" + Sample.Id().ToLowerInvariant();
    private Execution plain = null!, failed = null!, deep = null!, near = null!, child = null!;

    public async Task InitializeAsync()
    {
        plain = Sample.Execution(Sample.Id(), root, "one", State.Success);
        failed = Sample.Execution(Sample.Id(), root, "flow-two", State.Failed, Sample.Now.AddDays(-1)) with { Labels = [new Label("team", "red"), new Label("env", "a=b")], CreatedBy = "bob" };
        deep = Sample.Execution(Sample.Id(), root + ".below", "one", State.Running, Sample.Now.AddDays(1));
        near = Sample.Execution(Sample.Id(), root + "x", "one", State.Running);
        child = Sample.Execution(Sample.Id(), root, "one", State.Paused, Sample.Now.AddMinutes(1)) with
        {
            Trigger = new ExecutionTrigger("sub", "core.flow.Subflow", Data.Map(("executionId", plain.Id))),
            ParentId = "p",
            OriginalId = "o",
            Labels = [new Label("team", "blue"), new Label("system.correlationId", plain.Id)],
        };
        foreach (var execution in new[] { plain, failed, deep, near })
        {
            var key = new FlowId(execution.Namespace, execution.FlowId);
            await host.Get<IFlowStore>().AppendAsync(new FlowRevision(key, 1, "id: x", Sample.Now, null), new FlowSummary(key, 1, null, [], false, Sample.Now, null, [], false), 0, CancellationToken.None);
        }
        await host.Executions.CommitAsync(Sample.Commit([.. new[] { plain, failed, deep, near, child }.Select(execution => Sample.Created(execution))]), None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Executions_of_tests_are_in_no_list_and_no_figure_unless_they_are_named()
    {
        var test = Sample.Execution(Sample.Id(), root + "t", "one", State.Running) with { Kind = ExecutionKind.Test, Trigger = new ExecutionTrigger("sub", "core.flow.Subflow", Data.Map(("executionId", "tester" + root))) };
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(test)), None);
        var everything = new ExecutionQuery { Namespace = root + "t" };
        (await FindAsync(everything)).ShouldBeEmpty();
        (await host.Executions.CountByDayAsync(everything, None)).ShouldBeEmpty();
        (await host.Executions.CountAsync(test.Flow, [State.Running], None)).ShouldBe(0);
        (await host.Executions.LatestAsync([test.Flow], 5, None)).ShouldBeEmpty();
        (await FindAsync(everything with { Tests = true })).ShouldBe([test.Id]);
        (await FindAsync(everything with { Ids = [test.Id] })).ShouldBe([test.Id]);
        (await FindAsync(everything with { TriggerExecutionId = "tester" + root })).ShouldBe([test.Id]);
    }

    [Fact]
    public async Task Namespace_includes_those_below_and_no_neighbour()
    {
        (await FindAsync(new ExecutionQuery { Namespace = root })).ShouldBe([deep.Id, child.Id, plain.Id, failed.Id]);
        (await FindAsync(new ExecutionQuery { Namespace = root, NamespacePrefix = false })).ShouldBe([child.Id, plain.Id, failed.Id]);
    }

    [Fact]
    public async Task Lists_and_searches_read_the_answers_as_they_were_changed()
    {
        var asked = Sample.Execution(Sample.Id(), root, "changed") with { CreatedBy = root, Inputs = Data.Map(("item", "Oak desk")) };
        await host.Executions.CommitAsync(Sample.Commit(Sample.Created(asked)), None);
        var after = asked with { Inputs = Data.Map(("item", "Pine desk")) };
        var edit = new AnswersEdited(Sample.Now, "run", new AnswerEdit(2, root, Sample.Now, null, [new FieldChange("item", "Oak desk", "Pine desk")]), after.Inputs);
        await host.Executions.CommitAsync(Sample.Commit(new StreamAppend(asked.Id, 1, [edit], after, false)), None);
        await host.Executions.CommitAsync(Sample.Commit(Sample.Changed(after, 2)), None);
        var row = (await host.Executions.SearchAsync(new ExecutionQuery { CreatedBy = root, Said = new SaidWords("pine", []) }, new PageRequest(1, 10), None)).Results.ShouldHaveSingleItem();
        row.Inputs["item"].ShouldBe("Pine desk");
        (await host.Executions.SearchAsync(new ExecutionQuery { CreatedBy = root, Said = new SaidWords("oak", []) }, new PageRequest(1, 10), None)).Results.ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_are_found_in_answers_however_deep_in_ids_and_in_flows_that_are_called_so()
    {
        var asked = Sample.Execution(Sample.Id(), root, "said", State.Success) with { CreatedBy = root, Inputs = Data.Map(("item", "Größe \"XL\" 100%"), ("rows", Data.Parse("[{\"name\": \"Ärmel\"}]")), ("count", 7)) };
        var other = Sample.Execution(Sample.Id(), root, "other", State.Success) with { CreatedBy = root };
        await host.Executions.CommitAsync(Sample.Commit([Sample.Created(asked), Sample.Created(other)]), None);
        (await SaidAsync("größe")).ShouldBe([asked.Id]);
        (await SaidAsync("ärm")).ShouldBe([asked.Id]);
        (await SaidAsync("\"XL\" 100%")).ShouldBe([asked.Id]);
        (await SaidAsync("name")).ShouldBeEmpty();
        (await SaidAsync("1000")).ShouldBeEmpty();
        (await SaidAsync(other.Id[^6..])).ShouldBe([other.Id]);
        (await SaidAsync("nothing", new FlowId(root, "other"))).ShouldBe([other.Id]);

        async Task<IEnumerable<string>> SaidAsync(string text, params FlowId[] flows) =>
            (await host.Executions.SearchAsync(new ExecutionQuery { CreatedBy = root, Said = new SaidWords(text, flows) }, new PageRequest(1, 10), None)).Results.Select(row => row.Id);
    }

    [Fact]
    public async Task Each_filter_narrows()
    {
        (await FindAsync(new ExecutionQuery { FlowId = "flow-two" })).ShouldBe([failed.Id]);
        (await FindAsync(new ExecutionQuery { States = [State.Running, State.Paused] })).ShouldBe([deep.Id, child.Id]);
        (await FindAsync(new ExecutionQuery { From = Sample.Now, To = Sample.Now })).ShouldBe([plain.Id]);
        (await FindAsync(new ExecutionQuery { Labels = [new Label("env", "a=b"), new Label("team", "red")] })).ShouldBe([failed.Id]);
        (await FindAsync(new ExecutionQuery { Labels = [new Label("team", "red"), new Label("team", "blue")] })).ShouldBeEmpty();
        (await FindAsync(new ExecutionQuery { Labels = [new Label("system.correlationId", plain.Id)] })).ShouldBe([child.Id, plain.Id]);
        (await FindAsync(new ExecutionQuery { CreatedBy = "bob" })).ShouldBe([failed.Id]);
        (await FindAsync(new ExecutionQuery { TriggerExecutionId = plain.Id })).ShouldBe([child.Id]);
        (await FindAsync(new ExecutionQuery { Child = true })).ShouldBe([child.Id]);
        (await FindAsync(new ExecutionQuery { Child = false })).Count.ShouldBe(3);
        (await FindAsync(new ExecutionQuery { Ids = [failed.Id, near.Id] })).ShouldBe([failed.Id]);
        (await FindAsync(new ExecutionQuery { Text = "W-TW" })).ShouldBe([failed.Id]);
        (await FindAsync(new ExecutionQuery { Text = child.Id[..21] })).ShouldContain(child.Id);
        (await FindAsync(new ExecutionQuery { Text = "%" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Row_shows_what_lists_need()
    {
        var row = (await host.Executions.SearchAsync(new ExecutionQuery { Ids = [child.Id] }, new PageRequest(), None)).Results.ShouldHaveSingleItem();
        (row.Namespace, row.FlowId, row.FlowRevision, row.State, row.CreatedBy, row.TriggerType, row.ParentId, row.OriginalId)
            .ShouldBe((root, "one", 1, State.Paused, "ann", "core.flow.Subflow", "p", "o"));
        row.StartDate.ShouldBe(Sample.Now.AddMinutes(1));
        row.EndDate.ShouldBeNull();
        row.Labels.ShouldBe([new Label("team", "blue"), new Label("system.correlationId", plain.Id)]);
        row.Inputs.Keys.ShouldBe(["zeta", "alpha", "nested"]);
    }

    [Fact]
    public async Task Pages_and_order_are_as_asked()
    {
        var page = await host.Executions.SearchAsync(new ExecutionQuery { Namespace = root }, new PageRequest(2, 2, "state.startDate:asc"), None);
        page.Total.ShouldBe(4);
        page.Results.Select(row => row.Id).ShouldBe([child.Id, deep.Id]);
        (await host.Executions.SearchAsync(new ExecutionQuery { Namespace = root }, new PageRequest(1, 1, "id; drop table executions:asc"), None)).Results[0].Id.ShouldBe(deep.Id);
    }

    [Fact]
    public async Task Counts_follow_the_states()
    {
        (await host.Executions.CountAsync(new FlowId(root, "one"), [State.Running, State.Paused, State.Success], None)).ShouldBe(2);
        (await host.Executions.CountAsync(new FlowId(root, "one"), [], None)).ShouldBe(0);
        var days = await host.Executions.CountByDayAsync(new ExecutionQuery { Namespace = root }, None);
        days.Select(day => (day.Day, day.FlowId, day.State, day.Count)).ShouldBe(
        [
            (new DateOnly(2026, 2, 28), "flow-two", State.Failed, 1), (new DateOnly(2026, 3, 1), "one", State.Paused, 1), (new DateOnly(2026, 3, 1), "one", State.Success, 1),
            (new DateOnly(2026, 3, 2), "one", State.Running, 1),
        ]);
        days[2].AverageSeconds.ShouldBe(1);
        var latest = await host.Executions.LatestAsync([new FlowId(root, "one"), new FlowId(root, "flow-two"), new FlowId(root, "none")], 1, None);
        latest.Select(row => row.Id).ShouldBe([child.Id, failed.Id]);
    }

    [Fact]
    public async Task State_change_is_seen_by_lists_at_once_without_a_new_snapshot()
    {
        var ended = child with { State = child.State.To(State.Warning, Sample.Now.AddHours(1)), Labels = [new Label("late", "yes")] };
        await host.Executions.CommitAsync(Sample.Commit(new StreamAppend(child.Id, 1, [new LabelsChanged(Sample.Now, ended.Labels)], ended, false)), None);
        (await FindAsync(new ExecutionQuery { Labels = [new Label("team", "blue")] })).ShouldNotContain(child.Id);
        var row = (await host.Executions.SearchAsync(new ExecutionQuery { Namespace = root, States = [State.Warning], Labels = [new Label("late", "yes")] }, new PageRequest(), None)).Results.ShouldHaveSingleItem();
        row.EndDate.ShouldBe(Sample.Now.AddHours(1));
        (await host.Executions.LoadAsync(child.Id, None))!.SnapshotVersion.ShouldBe(1);
    }

    [Fact]
    public void State_numbers_in_the_tables_never_change() =>
        Enum.GetNames<State>().ShouldBe(
        [
            "Created", "Submitted", "Running", "Paused", "Restarted", "Killing", "Queued", "Retrying", "Breakpoint",
            "Success", "Warning", "Failed", "Killed", "Cancelled", "Retried", "Skipped", "Resubmitted",
        ]);

    private async Task<List<string>> FindAsync(ExecutionQuery query) =>
        [.. (await host.Executions.SearchAsync(query with { Namespace = query.Namespace ?? root, NamespacePrefix = query.NamespacePrefix }, new PageRequest(1, 100), None)).Results.Select(row => row.Id)];
}
