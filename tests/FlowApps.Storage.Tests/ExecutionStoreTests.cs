using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class ExecutionStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IExecutionStore store = host.Executions;

    [Fact]
    public async Task Stream_comes_back_as_snapshot_and_tail()
    {
        var execution = Sample.Execution(Sample.Id());
        (await store.CommitAsync(Sample.Commit(Sample.Created(execution, 3)), None)).ShouldBe(CommitOutcome.Done);
        (await store.CommitAsync(Sample.Commit(Sample.Changed(execution, 3, 2)), None)).ShouldBe(CommitOutcome.Done);

        var stored = (await store.LoadAsync(execution.Id, None)).ShouldNotBeNull();
        stored.Version.ShouldBe(5);
        stored.SnapshotVersion.ShouldBe(3);
        stored.Tail.Select(e => ((VariablesChanged)e).Vars["number"]).ShouldBe([3, 4]);
        Data.Write(stored.Snapshot!.Inputs).ShouldBe("""{"zeta":1,"alpha":"text","nested":{"b":1.0,"a":null}}""");
        (await store.EventsAsync(execution.Id, 0, 100, None)).Count.ShouldBe(5);
        (await store.EventsAsync(execution.Id, 2, 2, None)).Select(e => ((VariablesChanged)e).Vars["number"]).ShouldBe([2, 3]);
        (await store.EventsAsync(execution.Id, 5, 10, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Execution_without_snapshot_is_all_tail()
    {
        var execution = Sample.Execution(Sample.Id());
        await store.CommitAsync(Sample.Commit(Sample.Created(execution, 2, snapshot: false)), None);
        var stored = (await store.LoadAsync(execution.Id, None)).ShouldNotBeNull();
        stored.Snapshot.ShouldBeNull();
        stored.Tail.Count.ShouldBe(2);
        ((ExecutionCreated)stored.Tail[0]).Execution.Id.ShouldBe(execution.Id);
    }

    [Fact]
    public async Task Unknown_execution_is_null() => (await store.LoadAsync("nobody", None)).ShouldBeNull();

    [Fact]
    public async Task Bad_commit_in_a_batch_fails_alone()
    {
        var old = Sample.Execution(Sample.Id());
        await store.CommitAsync(Sample.Commit(Sample.Created(old)), None);
        var fresh = Enumerable.Range(0, 200).Select(_ => Sample.Execution(Sample.Id())).ToList();
        var commits = fresh.Select(execution => store.CommitAsync(Sample.Commit(Sample.Created(execution)), None)).ToList();
        var late = store.CommitAsync(Sample.Commit(Sample.Changed(old, 7)), None);
        var twice = store.CommitAsync(Sample.Commit(Sample.Created(old)), None);
        // A lone surrogate is no Unicode text: the server cannot store it.
        var wrong = store.CommitAsync(Sample.Commit(Sample.Created(Sample.Execution(Sample.Id()) with { CreatedBy = "\ud800" })), None);
        (await Task.WhenAll(commits)).ShouldAllBe(outcome => outcome == CommitOutcome.Done);
        (await late).ShouldBe(CommitOutcome.Conflict);
        (await twice).ShouldBe(CommitOutcome.Conflict);
        await Should.ThrowAsync<Exception>(wrong);
        foreach (var execution in fresh) (await store.LoadAsync(execution.Id, None))!.Version.ShouldBe(1);
    }

    [Fact]
    public async Task Commit_is_all_or_nothing()
    {
        var (first, second) = (Sample.Execution(Sample.Id()), Sample.Execution(Sample.Id()));
        await store.CommitAsync(Sample.Commit(Sample.Created(second)), None);
        var commit = Sample.Commit(Sample.Created(first), Sample.Changed(second, 9)) with
        {
            AddLetters = [new Letter(Sample.Id(), first.Id, new Advance())],
            Documents = [new DocumentWrite("note", first.Id, "{}")],
        };
        (await store.CommitAsync(commit, None)).ShouldBe(CommitOutcome.Conflict);
        (await store.LoadAsync(first.Id, None)).ShouldBeNull();
        (await host.Get<IDocumentStore>().LoadAsync<object>("note", first.Id, None)).ShouldBeNull();
        (await host.Get<IPendingStore>().LettersAsync(1000, None)).ShouldNotContain(letter => letter.ExecutionId == first.Id);
    }

    [Fact]
    public async Task Append_without_events_is_refused()
    {
        var execution = Sample.Execution(Sample.Id());
        await Should.ThrowAsync<ArgumentException>(() => store.CommitAsync(Sample.Commit(new StreamAppend(execution.Id, 0, [], execution, true)), None));
        (await store.CommitAsync(Sample.Commit(Sample.Created(execution)), None)).ShouldBe(CommitOutcome.Done);
    }

    [Fact]
    public async Task Repeat_with_the_same_key_is_told_so_and_finds_the_answer()
    {
        var key = Sample.Id();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(number =>
        {
            var execution = Sample.Execution(Sample.Id());
            return store.CommitAsync(Sample.Commit(Sample.Created(execution)) with { Inbox = [new InboxEntry(key, execution.Id, "hash", "answer")] }, None);
        }));
        outcomes.Count(outcome => outcome == CommitOutcome.Done).ShouldBe(1);
        outcomes.Count(outcome => outcome == CommitOutcome.Repeated).ShouldBe(9);
        var entry = (await store.FindInboxAsync(key, None)).ShouldNotBeNull();
        entry.Answer.ShouldBe("answer");
        (await store.LoadAsync(entry.ExecutionId, None)).ShouldNotBeNull();
        (await store.FindInboxAsync("never", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Deleted_execution_is_gone_with_all_it_had_and_its_late_writer_conflicts()
    {
        var execution = Sample.Execution(Sample.Id());
        await store.CommitAsync(Sample.Commit(Sample.Created(execution)) with { AddTimers = [new(Sample.Id(), execution.Id, Sample.Now, new Advance())] }, None);
        (await store.DeleteAsync(execution.Id, None)).ShouldBeTrue();
        (await store.DeleteAsync(execution.Id, None)).ShouldBeFalse();
        (await store.LoadAsync(execution.Id, None)).ShouldBeNull();
        (await host.Get<IPendingStore>().TimersAsync(DateTimeOffset.MaxValue, 1000, None)).ShouldNotContain(timer => timer.ExecutionId == execution.Id);
        (await store.CommitAsync(Sample.Commit(Sample.Changed(execution, 1)), None)).ShouldBe(CommitOutcome.Conflict);
    }
}
