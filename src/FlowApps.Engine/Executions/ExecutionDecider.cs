using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>
/// Decides what happens in executions. Pure: the same flow, state, command and moment give the same decision. A repeated or late command gives no events, an illegal one a refusal.
/// </summary>
public sealed class ExecutionDecider(ExpressionEngine expressions, EngineOptions options)
{
    /// <summary>
    /// A new execution, CREATED. Its first <see cref="Advance"/> starts it, and asks for what must come first: the schedule date (SetTimer), a slot (AskSlot).
    /// </summary>
    public Decision Create(Flow flow, NewExecution start, Moment moment)
    {
        var turn = new Turn(expressions, options, flow, null, moment);
        turn.Emit(new ExecutionCreated(moment.Now, new Execution
        {
            Id = start.Id,
            Namespace = flow.Namespace,
            FlowId = flow.Id,
            FlowRevision = flow.Revision,
            Kind = start.Kind,
            Fixtures = start.Fixtures,
            State = StateTrail.Start(State.Created, moment.Now),
            Inputs = start.Inputs,
            Variables = start.Variables,
            Labels = Labels.ForNew(flow, start),
            Trigger = start.Trigger,
            ScheduleDate = start.ScheduleDate,
            Breakpoints = start.Breakpoints,
            CreatedBy = start.By,
        }));
        if (start.EndState is { } end)
        {
            if (start.Error is not null) turn.Log(null, Domain.Logs.LogLevel.Error, start.Error);
            turn.Emit(new ExecutionStateChanged(moment.Now, end, start.By, start.Error));
        }
        else if (start.ScheduleDate is { } due && due > moment.Now) turn.Do(new SetTimer(due, new TimerRang("schedule", null, null)));
        else if (Starting.LimitOf(flow, start.Kind) is { } limit) turn.Do(new AskSlot(limit));
        return turn.Decided();
    }

    /// <summary>The execution that a <see cref="StartSuccessor"/> names: it starts when its schedule date has come.</summary>
    public Decision Adopt(Flow flow, Execution successor, Moment moment)
    {
        var turn = new Turn(expressions, options, flow, null, moment);
        turn.Emit(new ExecutionCreated(moment.Now, successor));
        Starting.TryRun(turn);
        Advancing.ToRest(turn);
        return turn.Decided();
    }

    /// <summary>Accepts a command, then says what comes next until nothing more can be said.</summary>
    public Decision Decide(Flow flow, Execution state, ExecutionCommand command, Moment moment)
    {
        var turn = new Turn(expressions, options, flow, state, moment);
        if (Acceptance.Accept(turn, command) is { } refusal) return refusal;
        Advancing.ToRest(turn);
        return turn.Decided();
    }

    /// <summary>
    /// A new execution that repeats <paramref name="original"/> (of <paramref name="flow"/>): from the start (CREATED), or keeping what came before a task run (RESTARTED), on its own or another
    /// revision, with its own or other (typed) inputs. It goes on with <see cref="Advance"/>. Refused: no such task run.
    /// </summary>
    public Decision Replay(Flow flow, Execution original, string? taskRunId, Flow? otherRevision, IReadOnlyDictionary<string, object?>? inputs, Moment moment)
    {
        var target = otherRevision ?? flow;
        var turn = new Turn(expressions, options, target, original, moment);
        var begun = taskRunId is null ? Replays.Fresh(original, target, inputs, moment) : Replays.From(original, flow, taskRunId, target, inputs, moment);
        if (begun is null) return turn.Refused("not_found", "No task found");
        return Begun(target, Relabelled(begun), moment);
    }

    /// <summary>Restart on another revision: a new execution (RESTARTED) with new ids; goes on with <see cref="Advance"/>. Refused as a restart in place is.</summary>
    public Decision RestartOnto(Flow flow, Execution original, Flow otherRevision, Moment moment)
    {
        var old = new Turn(expressions, options, flow, original, moment);
        return Restarts.Restart(old, new Restart(null)) ?? Begun(otherRevision, Relabelled(Replays.Onto(old.State, otherRevision, moment)), moment);
    }

    private Decision Begun(Flow flow, Execution execution, Moment moment)
    {
        var turn = new Turn(expressions, options, flow, null, moment);
        turn.Emit(new ExecutionCreated(moment.Now, execution));
        turn.Do(new SendCommand(execution.Id, new Advance()));
        return turn.Decided();
    }

    private static Execution Relabelled(Execution replayed) => replayed with
    {
        Labels = [.. replayed.Labels.Select(label => label is { Key: Labels.CorrelationId } && label.Value == replayed.ParentId ? label with { Value = replayed.Id } : label)],
    };
}
