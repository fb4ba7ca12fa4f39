using System.Collections.Immutable;

namespace FlowApps.Domain.Executions;

/// <summary>The children of one task run (or the top level) by position, with those not terminal and a count by state kept along, so that no step counts them again.</summary>
public sealed class TaskRunFamily
{
    private readonly ImmutableSortedSet<int> all;
    private readonly ImmutableSortedSet<int> open;
    private readonly StateCounts counts;

    private TaskRunFamily(ImmutableSortedSet<int> all, ImmutableSortedSet<int> open, StateCounts counts) => (this.all, this.open, this.counts) = (all, open, counts);

    public static TaskRunFamily Empty { get; } = new([], [], StateCounts.None);

    public int Count => all.Count;

    public int OpenCount => open.Count;

    /// <summary>Positions of all children, in creation order.</summary>
    internal ImmutableSortedSet<int> All => all;

    /// <summary>Positions of the children that are not terminal, in creation order.</summary>
    internal ImmutableSortedSet<int> Open => open;

    public int CountOf(State state) => counts[state];

    internal TaskRunFamily Add(int position, State state) => new(all.Add(position), state.IsTerminal ? open : open.Add(position), counts.Change(null, state));

    internal TaskRunFamily Remove(int position, State state) => new(all.Remove(position), open.Remove(position), counts.Change(state, null));

    internal TaskRunFamily Move(int position, State from, State to) =>
        from == to ? this : new(all, to.IsTerminal ? open.Remove(position) : open.Add(position), counts.Change(from, to));
}

/// <summary>How many task runs are in each state; copied on change.</summary>
internal readonly struct StateCounts
{
    private static readonly int Length = Enum.GetValues<State>().Length;
    private readonly int[] counts;

    private StateCounts(int[] counts) => this.counts = counts;

    public static StateCounts None { get; } = new(new int[Length]);

    public int this[State state] => counts[(int)state];

    public StateCounts Change(State? from, State? to)
    {
        if (from == to) return this;
        var copy = (int[])counts.Clone();
        if (from is { } left) copy[(int)left]--;
        if (to is { } entered) copy[(int)entered]++;
        return new StateCounts(copy);
    }
}
