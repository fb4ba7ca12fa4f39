using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>What a flowable wants now.</summary>
public abstract record NextStep
{
    public static NextStep Wait { get; } = new AwaitTasks();

    public static NextStep Done { get; } = new Finished();

    public static NextStep Start(IReadOnlyList<NextRun> runs) => runs.Count == 0 ? Wait : new StartTasks(runs);
}

/// <summary>Create these child runs.</summary>
public sealed record StartTasks(IReadOnlyList<NextRun> Runs) : NextStep;

/// <summary>Nothing until something that is under way reports.</summary>
public sealed record AwaitTasks : NextStep;

/// <summary>The main tasks are over; null: with the state that they give.</summary>
public sealed record Finished(State? State = null) : NextStep;

/// <summary>Once more from the beginning, after a while: the children are removed then.</summary>
public sealed record RepeatAfter(TimeSpan Interval, IReadOnlyDictionary<string, object?> Outputs) : NextStep;

/// <summary>Something must be done first; the plan notes that it was asked for.</summary>
public sealed record AskFirst(Effect Effect, IReadOnlyDictionary<string, object?> Plan) : NextStep;

/// <summary>Note this in the plan, then ask again.</summary>
public sealed record Remember(IReadOnlyDictionary<string, object?> Plan) : NextStep;

/// <summary>A child run to create.</summary>
public sealed record NextRun(TaskNode Task, string? Value = null, int? Iteration = null);
