using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>What must be so of every stream of events that has come to its end.</summary>
internal static class Legality
{
    private static readonly Dictionary<State, State[]> Follows = new()
    {
        [State.Created] = [State.Running, State.Queued, State.Killing, State.Cancelled, State.Failed],
        [State.Queued] = [State.Running, State.Killing],
        [State.Running] = [State.Paused, State.Retrying, State.Killing, State.Success, State.Warning, State.Failed, State.Cancelled],
        [State.Paused] = [State.Restarted, State.Running, State.Retrying, State.Killing, State.Failed, State.Cancelled],
        [State.Retrying] = [State.Running, State.Paused, State.Restarted, State.Killing, State.Failed],
        [State.Restarted] = [State.Running, State.Killing],
        [State.Killing] = [State.Killed],
        [State.Failed] = [State.Restarted],
    };

    /// <summary>
    /// I4: the states follow each other as they may, an end is the end unless somebody restarts it. I7: no attempt begins after a kill or an end. The live state is the one that the events give.
    /// </summary>
    public static void Check(Execution execution, IReadOnlyList<ExecutionEvent> events)
    {
        Assert.True(execution.IsSettled, $"{execution.Id} is {execution.State.Current} with open task runs");
        var state = State.Created;
        foreach (var happened in events.Skip(1))
        {
            var over = state.IsTerminal || state == State.Killing;
            switch (happened)
            {
                case ExecutionStateChanged change:
                    Assert.True(Follows.TryGetValue(state, out var allowed) && allowed.Contains(change.State), $"{execution.Id} went from {state} to {change.State}");
                    state = change.State;
                    break;
                case AttemptStarted:
                    Assert.False(over, $"{execution.Id} began an attempt when it was {state}");
                    break;
                case AttemptEnded { Outcome: not State.Killed, StartedAt: not null } ended:
                    Assert.False(over, $"{execution.Id} began and ended an attempt as {ended.Outcome} when it was {state}");
                    break;
            }
        }
        Assert.Equal(execution.State.Current, state);
    }
}
