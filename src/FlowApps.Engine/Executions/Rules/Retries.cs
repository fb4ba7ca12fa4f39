using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>Whether and when a failed attempt is tried again (kestra-semantics 3.3): by the task's own rule, else the nearest ancestor's, else the flow's.</summary>
internal static class Retries
{
    public sealed record Planned(DateTimeOffset At, bool NewExecution);

    public static Planned? Next(Turn turn, TaskNode node, TaskRun run, int attempts, DateTimeOffset startedAt, DateTimeOffset endedAt)
    {
        if (turn.ExecutionState == State.Killing || node.Task is not (RunnableTask or Subflow)) return null;
        var retry = node.WithAncestors().Select(n => n.Task.Retry).FirstOrDefault(r => r is not null) ?? turn.Flow.Retry;
        if (retry is null) return null;
        var anew = retry.Behavior == RetryBehavior.CreateNewExecution;
        if (anew && turn.ExecutionState.IsTerminal) return null;
        var (count, since) = anew
            ? (turn.State.AttemptNumber, turn.State.OriginalCreatedDate ?? turn.State.State.StartDate)
            : (attempts, run.Attempts.IsEmpty ? startedAt : run.Attempts[0].State.StartDate);
        var at = endedAt + Delay(retry, count, $"{run.Id}{count}");
        return count >= retry.MaxAttempts || at >= since + retry.MaxDuration ? null : new Planned(at, anew);
    }

    public static void Plan(Turn turn, TaskRun run, int attempts, Planned retry)
    {
        if (retry.NewExecution) Successors.Start(turn, run, retry.At);
        else turn.Do(new SetTimer(retry.At, new TimerRang("retry", run.Id, attempts)));
    }

    public static void Ring(Turn turn, TaskRun run, int? attempt)
    {
        if (run.State.Current != State.Retrying || run.Attempts.Count != attempt) return;
        Resting.Wake(turn);
        turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, State.Created));
    }

    /// <summary>The first exponential retry has no delay: that is the rule of the language.</summary>
    private static TimeSpan Delay(Retry retry, int attempts, string seed) => retry switch
    {
        ConstantRetry constant => constant.Interval,
        ExponentialRetry e => TimeSpan.FromTicks((long)Math.Min(e.Interval.Ticks * (double)(int)e.DelayFactor * (attempts - 1), e.MaxInterval.Ticks)),
        RandomRetry random => random.MinInterval + (random.MaxInterval - random.MinInterval) * Fraction(seed),
        _ => throw new InvalidOperationException($"No delay for {retry.GetType().Name}."),
    };

    /// <summary>Spread evenly by the ids, which are random: the engine throws no dice of its own.</summary>
    private static double Fraction(string seed)
    {
        var hash = 2166136261u;
        foreach (var c in seed) hash = (hash ^ c) * 16777619u;
        return (hash ^ (hash >> 15)) / (double)uint.MaxValue;
    }
}
