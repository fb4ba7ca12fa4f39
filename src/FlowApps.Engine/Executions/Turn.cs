using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Flows;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>One decision in the making: the state so far, the events and effects so far, and what is still to be looked at.</summary>
internal sealed class Turn(ExpressionEngine expressions, EngineOptions options, Flow flow, Execution? state, Moment moment)
{
    private readonly Queue<Errand> agenda = new();
    private readonly List<ExecutionEvent> events = [];
    private readonly List<Effect> effects = [];
    private Execution? current = state;

    public Flow Flow { get; } = flow;

    public FlowMap Map { get; } = FlowMap.Of(flow);

    public EngineOptions Options { get; } = options;

    public DateTimeOffset Now { get; } = moment.Now;

    public Execution State => current ?? throw new InvalidOperationException("The execution was not created yet.");

    public State ExecutionState => State.State.Current;

    /// <summary>The execution ended in this very turn.</summary>
    public bool JustEnded { get; set; }

    public int Steps { get; private set; }

    public bool HasEvents => events.Count > 0;

    public string NewId() => moment.NewId();

    public void Emit(ExecutionEvent e)
    {
        var before = current;
        current = Evolution.Apply(before, e);
        events.Add(e);
        switch (e)
        {
            case ExecutionStateChanged c when before!.State.Current != c.State:
                effects.Add(new StateChanged(before.State.Current, c.State));
                ChildReports.ToParent(this, c.State);
                break;
            case TaskRunCreated { State: Domain.Executions.State.Created } c: agenda.Enqueue(new Begin(c.TaskRunId)); break;
            case TaskRunCreated c: agenda.Enqueue(new Look(c.ParentId, c.TaskRunId)); break;
            case TaskRunStateChanged { State: Domain.Executions.State.Created } c: agenda.Enqueue(new Begin(c.TaskRunId)); break;
            case TaskRunStateChanged c when c.State.IsTerminal: LookAbove(c.TaskRunId); break;
            case AttemptEnded c when c.State.IsTerminal: LookAbove(c.TaskRunId); break;
        }
    }

    public void Do(Effect effect) => effects.Add(effect);

    public void Log(string? taskRunId, LogLevel level, string message) => effects.Add(new WriteLog(taskRunId, level, message));

    public void Plan(Errand errand) => agenda.Enqueue(errand);

    public bool TryNext(out Errand? errand)
    {
        Steps++;
        return agenda.TryDequeue(out errand);
    }

    /// <summary>The end of a runaway has steps of its own.</summary>
    public void CountAnew() => Steps = 0;

    public void Forget() => agenda.Clear();

    public Rendering RenderingFor(TaskRun? run) =>
        new(expressions, () => new Scope(Variables.Of(Flow, State, run, Options.Settings)), run?.Answers ?? State.Answers);

    public bool IsTruthy(string text) => expressions.IsTruthy(text);

    public Decision Decided() => new(events, State, effects);

    public Decision Refused(string code, string message) => new([], State, [], new Problem(code, message));

    private void LookAbove(string runId) => agenda.Enqueue(new Look(State.TaskRuns[runId].ParentId, runId));
}

/// <summary>Something still to do in a turn.</summary>
internal abstract record Errand;

/// <summary>A task run was created or is to run again: begin it.</summary>
internal sealed record Begin(string TaskRunId) : Errand;

/// <summary>A child ended (null: a fresh look at all): what comes next below this run (null: the top level)?</summary>
internal sealed record Look(string? TaskRunId, string? Ended = null) : Errand;
