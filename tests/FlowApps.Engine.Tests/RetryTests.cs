using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tests.Harness;
using static FlowApps.Engine.Tests.Harness.Playing;

namespace FlowApps.Engine.Tests;

public sealed class RetryTests
{
    [Fact]
    public void A_lost_worker_hands_the_same_attempt_out_again()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work}]");
        var run = Run(stage, id, "a").Id;
        stage.Give(id, new TaskStarted(run, 1, "w", stage.Now));
        var decision = stage.Give(id, new WorkerLost(run, 1));
        Assert.Equal(new RunTask(run, 1), decision.Effects.Single());
        Assert.Single(stage.RunToEnd(id).TaskRuns.Single().Attempts);
    }

    [Theory]
    [InlineData("{type: constant, interval: PT10S, maxAttempts: 3}", 3, 20)]
    [InlineData("{type: exponential, interval: PT10S, maxInterval: PT1M, maxAttempts: 4}", 4, 0 + 20 + 40)]
    [InlineData("{type: constant, interval: PT2S, maxDuration: PT6S}", 3, 4)]
    public void A_failed_task_is_tried_again_as_its_retry_says(string retry, int attempts, int seconds)
    {
        var (stage, id) = Started($"tasks: [{{id: a, type: test.Work, retry: {retry}}}]", AllFail);
        stage.RunWork();
        Assert.Equal((State.Retrying, State.Retrying), (stage[id].State.Current, Run(stage, id, "a").State.Current));
        var end = stage.RunToEnd(id);
        Assert.Equal((State.Failed, attempts, TimeSpan.FromSeconds(seconds)), (end.State.Current, Run(stage, id, "a").Attempts.Count, end.State.Duration!.Value));
    }

    [Fact]
    public void A_random_retry_stays_within_its_range()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: random, minInterval: PT10S, maxInterval: PT20S, maxAttempts: 20}}]", AllFail);
        var end = stage.RunToEnd(id);
        var starts = Run(stage, id, "a").Attempts.Select(a => a.State.StartDate).ToList();
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 10, 20));
        Assert.True(starts.Zip(starts.Skip(1)).Select(p => p.Second - p.First).Distinct().Count() > 10);
        Assert.Equal(20, starts.Count);
        Assert.Equal(State.Failed, end.State.Current);
    }

    [Fact]
    public void The_retry_of_an_ancestor_or_the_flow_holds_for_tasks_without_one()
    {
        var (stage, id) = Started("retry: {type: constant, interval: PT1S, maxAttempts: 5}\ntasks: [{id: s, type: core.flow.Sequential, retry: {type: constant, interval: PT1S, maxAttempts: 2}, tasks: [{id: a, type: test.Work, allowFailure: true}]}, {id: b, type: test.Work}]", AllFail);
        stage.RunToEnd(id);
        Assert.Equal((2, 5), (Run(stage, id, "a").Attempts.Count, Run(stage, id, "b").Attempts.Count));
    }

    [Fact]
    public void Errors_wait_until_no_retry_is_pending()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: constant, interval: PT10S, maxAttempts: 2}}]\nerrors: [{id: e, type: test.Work}]", (task, _, _, _) => task.Id == "a" ? TaskOutcome.Failed("no") : TaskOutcome.Success());
        stage.RunWork();
        Assert.DoesNotContain(stage[id].TaskRuns, r => r.TaskId == "e");
        Assert.Equal(State.Success, stage.RunToEnd(id).TaskRuns.Single(r => r.TaskId == "e").State.Current);
    }

    [Fact]
    public void WarningOnRetry_warns_from_the_third_attempt_on()
    {
        Answer third = (_, _, attempt, _) => attempt < 3 ? TaskOutcome.Failed("no") : TaskOutcome.Success();
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, retry: {type: constant, interval: PT1S, maxAttempts: 4, warningOnRetry: true}}]", third);
        Assert.Equal(State.Warning, stage.RunToEnd(id).State.Current);
    }

    [Fact]
    public void Retry_as_a_new_execution_ends_this_one_retried_and_the_last_one_failed()
    {
        var (stage, id) = Started("retry: {type: constant, interval: PT10S, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}\ntasks: [{id: s, type: core.flow.Sequential, tasks: [{id: a, type: test.Work}]}]", AllFail);
        while (stage.RingNext() || stage.Work.Count > 0) stage.RunWork();
        Assert.Equal(["RETRIED", "RETRIED", "FAILED"], stage.Executions.Select(e => e.State.Current.Word));
        Assert.All(stage.Executions.Skip(1), e => Assert.Equal(id, e.OriginalId));
        Assert.Equal([1, 2, 3], stage.Executions.Select(e => e.AttemptNumber));
        Assert.All(stage[id].TaskRuns, r => Assert.Equal(State.Retried, r.State.Current));
    }

    [Fact]
    public void A_task_that_takes_too_long_fails_and_its_worker_is_stopped()
    {
        var (stage, id) = Started("tasks: [{id: a, type: test.Work, timeout: PT1M}]");
        stage.Give(id, new TaskStarted(Run(stage, id, "a").Id, 1, "w", stage.Now));
        stage.RingNext();
        Assert.Equal((State.Failed, State.Failed), (stage[id].State.Current, Run(stage, id, "a").Attempts[0].State.Current));
        Assert.Contains(stage.Effects, e => e.Effect is CancelWork);
    }
}
