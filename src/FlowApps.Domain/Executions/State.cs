using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FlowApps.Domain.Executions;

/// <summary>States of executions, task runs and attempts (kestra-semantics 4.2).</summary>
public enum State
{
    Created, Submitted, Running, Paused, Restarted, Killing, Queued, Retrying, Breakpoint,
    Success, Warning, Failed, Killed, Cancelled, Retried, Skipped, Resubmitted,
}

public static class States
{
    private static readonly string[] Words = [.. Enum.GetNames<State>().Select(name => name.ToUpperInvariant())];

    extension(State state)
    {
        public bool IsTerminal => state >= State.Success;

        /// <summary>Counts as a failure for what comes next: Failed and Killed.</summary>
        public bool IsFailed => state is State.Failed or State.Killed;

        public bool IsCreated => state is State.Created or State.Restarted;

        public bool IsRunning => state is State.Running or State.Killing;

        /// <summary>The upper-case word of the API.</summary>
        public string Word => Words[(int)state];
    }
}

public readonly record struct StateChange(State State, DateTimeOffset Date);

/// <summary>A current state and how it came about. Setting the same state again changes nothing.</summary>
public sealed record StateTrail(ImmutableArray<StateChange> Histories)
{
    public static StateTrail Start(State state, DateTimeOffset at) => new([new StateChange(state, at)]);

    [JsonIgnore]
    public State Current => Histories[^1].State;

    [JsonIgnore]
    public DateTimeOffset StartDate => Histories[0].Date;

    [JsonIgnore]
    public DateTimeOffset? EndDate => Current.IsTerminal ? Histories[^1].Date : null;

    [JsonIgnore]
    public TimeSpan? Duration => EndDate - StartDate;

    /// <summary>As it was when it came into the state last; null when it never did.</summary>
    public StateTrail? Until(State state)
    {
        for (var last = Histories.Length - 1; last >= 0; last--)
            if (Histories[last].State == state) return new(Histories[..(last + 1)]);
        return null;
    }

    public StateTrail To(State state, DateTimeOffset at) => state == Current ? this : new(Histories.Add(new StateChange(state, at)));
}
