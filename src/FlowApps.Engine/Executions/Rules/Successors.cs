using FlowApps.Domain.Executions;

namespace FlowApps.Engine.Executions;

/// <summary>Retry as a new execution: this one ends RETRIED, another with the same inputs takes over (kestra-semantics 3.3).</summary>
internal static class Successors
{
    public static void Start(Turn turn, TaskRun failed, DateTimeOffset at)
    {
        foreach (var ancestor in turn.State.TaskRuns.WithAncestors(failed).Skip(1).ToList())
            turn.Emit(new TaskRunStateChanged(turn.Now, ancestor.Id, State.Retried));
        var old = turn.State;
        var successor = new Execution
        {
            Id = turn.NewId(),
            Namespace = old.Namespace,
            FlowId = old.FlowId,
            FlowRevision = old.FlowRevision,
            Kind = old.Kind,
            State = StateTrail.Start(State.Created, turn.Now),
            Inputs = old.Inputs,
            Labels = old.Labels,
            OriginalId = old.OriginalId ?? old.Id,
            ParentId = old.Id,
            Trigger = old.Trigger,
            AttemptNumber = old.AttemptNumber + 1,
            OriginalCreatedDate = old.OriginalCreatedDate ?? old.State.StartDate,
            ScheduleDate = at,
            CreatedBy = old.CreatedBy,
        };
        turn.Do(new StartSuccessor(successor, at));
        ChildReports.HandOver(turn, successor.Id);
        Ending.Now(turn, State.Retried);
    }
}
