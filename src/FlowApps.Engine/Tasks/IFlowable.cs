using FlowApps.Domain.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>
/// A task that decides what comes next. Pure: looks at the view, answers with data. Rendering may throw; the engine then fails the run with the message,
/// or parks it until a worker has answered what only the outside knows.
/// </summary>
public interface IFlowable
{
    /// <summary>The run begins. The default just goes on to <see cref="Next"/>.</summary>
    Entry Enter(FlowableView view) => new();

    /// <summary>What comes next, given the main children. Asked when the run began and whenever one of its children ended, never after one failed.</summary>
    NextStep Next(FlowableView view);

    /// <summary>True: a failed child does not end it; <see cref="Next"/> is asked all the same, and its answer is the state.</summary>
    bool GoesOnAfterFailure => false;

    /// <summary>What the run gives when it is over with a state that is not KILLED; null: what it has.</summary>
    RunResult? Result(FlowableView view, State state) => null;
}
