using FlowApps.Domain.Executions;
using FlowApps.Engine.Executions;

namespace FlowApps.Web.Api.Executions;

/// <summary>
/// An operation answers the execution as the operation left it, before it went on (kestra-semantics 11), even when all of it was one commit. Read from the events.
/// </summary>
public sealed class AsAccepted(IExecutions executions, IExecutionStore store)
{
    private const int MostEvents = 10_000;

    /// <summary>A new execution before anything ran. Needs no event: nothing else than its state and task runs can have moved on.</summary>
    public static Execution Created(Execution execution) => execution.State.Histories[0].State != State.Created ? execution : execution with
    {
        State = new StateTrail(execution.State.Histories[..1]),
        TaskRuns = TaskRunList.Empty,
        Outputs = null,
    };

    /// <summary>Runs the operation and answers the execution when it had become RESTARTED, or as it was created when it is a new one.</summary>
    public async Task<Execution> RestartedAsync(string id, Func<Task<Execution>> actAsync, CancellationToken cancellation)
    {
        var (before, version) = await executions.FindAsync(id, cancellation) ?? throw FoundExecution.Missing(id);
        var after = await actAsync();
        var isNew = after.Id != before.Id;
        var state = isNew ? null : before;
        foreach (var e in await store.EventsAsync(after.Id, isNew ? 0 : version, isNew ? 1 : MostEvents, cancellation))
        {
            state = Evolution.Apply(state, e);
            if (isNew || e is ExecutionStateChanged { State: State.Restarted }) return state;
        }
        return after;
    }
}
