using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;

namespace FlowApps.Engine.Tests.Harness;

/// <summary>What a worker shall answer for an attempt.</summary>
internal delegate TaskOutcome Answer(TaskDefinition task, TaskRun run, int attempt, IReadOnlyDictionary<string, object?> variables);

/// <summary>
/// Runs flows to their end without any IO: work, timers, letters and child executions are lists, time is moved by hand. After every step the state is dropped and folded anew from the events.
/// </summary>
internal sealed class Stage(params IReadOnlyList<Flow> flows)
{
    private static readonly ExpressionEngine Expressions = new(new ExpressionOptions());
    private readonly Dictionary<string, Execution> executions = [];
    private readonly Dictionary<string, List<ExecutionEvent>> journals = [];
    private readonly Dictionary<string, List<ExecutionEvent>> stored = [];
    private readonly PriorityQueue<(string Id, TimerRang Ring), DateTimeOffset> timers = new();
    private readonly Queue<(string Id, ExecutionCommand Command)> letters = new();
    private int ids;

    public ExecutionDecider Decider { get; init; } = new(Expressions, new EngineOptions());

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Work handed out and not answered: (execution, task run, attempt).</summary>
    public List<(string Id, string TaskRunId, int Attempt)> Work { get; } = [];

    public List<(string Id, Effect Effect)> Effects { get; } = [];

    /// <summary>Called for each attempt; null: the task succeeds.</summary>
    public Answer? Worker { get; set; }

    /// <summary>Answers to what looks outside, by expression.</summary>
    public Func<string, object?>? Outside { get; set; }

    /// <summary>The engine is dropped after every step and goes on with the state that its stored events give.</summary>
    public bool Verify { get; set; } = true;

    /// <summary>Decisions taken so far.</summary>
    public int Steps { get; private set; }

    public IReadOnlyCollection<Execution> Executions => executions.Values;

    public Execution this[string id] => executions[id];

    public IReadOnlyList<ExecutionEvent> Events(string id) => journals[id];

    public string NewId() => $"id{++ids:D6}";

    public Moment Moment => new(Now, NewId);

    public string Start(Flow flow, IReadOnlyDictionary<string, object?>? inputs = null, NewExecution? start = null)
    {
        var resolved = new InputResolver(Expressions).Resolve(flow.Inputs, inputs ?? Data.Map(), Scope.Empty, text => text);
        Assert.DoesNotContain(resolved, r => r.Errors.Count > 0);
        start = (start ?? new NewExecution(NewId())) with { Inputs = InputResolver.ToMap(resolved) };
        Take(start.Id, Decider.Create(flow, start, Moment));
        Send(start.Id, new Advance());
        return start.Id;
    }

    public string Begin(Decision decision)
    {
        Assert.Null(decision.Refusal);
        Take(decision.State.Id, decision);
        return decision.State.Id;
    }

    /// <summary>Gives a command and delivers what follows from it, but no work and no timers.</summary>
    public Decision Send(string id, ExecutionCommand command)
    {
        var decision = Give(id, command);
        Deliver();
        return decision;
    }

    /// <summary>Gives a command alone.</summary>
    public Decision Give(string id, ExecutionCommand command)
    {
        var decision = Decider.Decide(FlowOf(executions[id]), executions[id], command, Moment);
        if (decision.Refusal is null) Take(id, decision);
        return decision;
    }

    public void Deliver()
    {
        while (letters.TryDequeue(out var letter))
            if (executions.ContainsKey(letter.Id)) Give(letter.Id, letter.Command);
    }

    /// <summary>Answers all work, in the order of <paramref name="pick"/>, until there is none.</summary>
    public void RunWork(Func<int, int>? pick = null)
    {
        Deliver();
        while (Work.Count > 0)
        {
            var (id, runId, attempt) = Work[pick?.Invoke(Work.Count) ?? 0];
            Report(id, runId, attempt);
            Deliver();
        }
    }

    /// <summary>Runs everything that can run, moving time from timer to timer, until nothing is left.</summary>
    public Execution RunToEnd(string id, Func<int, int>? pick = null)
    {
        for (var i = 0; i < 10_000; i++)
        {
            RunWork(pick);
            if (executions[id].IsSettled || !RingNext()) return executions[id];
        }
        throw new InvalidOperationException("The execution comes to no end.");
    }

    public bool RingNext()
    {
        if (!timers.TryDequeue(out var timer, out var due)) return false;
        if (due > Now) Now = due;
        Send(timer.Id, timer.Ring);
        return true;
    }

    public void Wait(TimeSpan time)
    {
        var until = Now + time;
        while (timers.TryPeek(out _, out var due) && due <= until) RingNext();
        Now = until;
    }

    public Decision Report(string id, string runId, int attempt)
    {
        Work.Remove((id, runId, attempt));
        var (flow, state) = (FlowOf(executions[id]), executions[id]);
        var run = state.TaskRuns[runId];
        var task = FlowMapTask(flow, run.TaskId);
        var outcome = Worker?.Invoke(task, run, attempt, Variables.Of(flow, state, run, new RunSettings())) ?? TaskOutcome.Success();
        return Give(id, new TaskReported(runId, attempt, outcome.State, outcome.Outputs, outcome.Error, "worker", Now, Now)
        {
            Labels = outcome.Changes.OfType<SetLabels>().FirstOrDefault(),
            Variables = outcome.Changes.OfType<SetVariables>().FirstOrDefault(),
            Unset = outcome.Changes.OfType<UnsetVariables>().FirstOrDefault(),
            Exit = outcome.Changes.OfType<ExitExecution>().FirstOrDefault(),
        });
    }

    private static TaskDefinition FlowMapTask(Flow flow, string taskId) => Engine.Flows.FlowMap.Of(flow).Find(taskId)!.Task;

    private Flow FlowOf(Execution execution) => flows.First(f => f.Key == execution.Flow && f.Revision == execution.FlowRevision);

    private void Take(string id, Decision decision)
    {
        var journal = journals.TryGetValue(id, out var known) ? known : journals[id] = [];
        journal.AddRange(decision.Events);
        executions[id] = Verify ? Rebuilt(id, decision) : decision.State;
        Steps++;
        foreach (var effect in decision.Effects) Apply(id, effect);
    }

    private void Apply(string id, Effect effect)
    {
        Effects.Add((id, effect));
        switch (effect)
        {
            case RunTask run when !Work.Contains((id, run.TaskRunId, run.Attempt)): Work.Add((id, run.TaskRunId, run.Attempt)); break;
            case CancelWork cancel: Work.RemoveAll(w => w.Id == id && cancel.TaskRunIds.Contains(w.TaskRunId) && Killed(id, w.TaskRunId, w.Attempt)); break;
            case SetTimer timer: timers.Enqueue((id, timer.Ring), timer.Due); break;
            case SendCommand send: letters.Enqueue((send.ExecutionId, send.Command)); break;
            case AskOutside ask:
                letters.Enqueue((id, new OutsideAnswered(ask.TaskRunId, ask.Expressions.ToDictionary(e => e, e => Outside!(e)), null)));
                break;
            case PrepareDirectory prepare: letters.Enqueue((id, new DirectoryReported(prepare.TaskRunId, false, null, null))); break;
            case CollectDirectory { Discard: false } collect: letters.Enqueue((id, new DirectoryReported(collect.TaskRunId, true, Data.Map(("outputFiles", Data.Map())), null))); break;
            case StartChild child: StartChildOf(id, child); break;
            case StartSuccessor successor: Begin(Decider.Adopt(FlowOf(successor.Successor), successor.Successor, Moment)); break;
            case AskSlot: letters.Enqueue((id, new GrantSlot())); break;
        }
    }

    private bool Killed(string id, string runId, int attempt)
    {
        letters.Enqueue((id, new TaskReported(runId, attempt, State.Killed, null, null, "worker", Now, Now)));
        return true;
    }

    private void StartChildOf(string parentId, StartChild child)
    {
        if (flows.Where(f => f.Key == child.Flow).MaxBy(f => f.Revision) is not { Disabled: false } flow)
        {
            letters.Enqueue((parentId, new ChildRefused(child.TaskRunId, $"There is no flow {child.Flow}.", child.Index)));
            return;
        }
        letters.Enqueue((parentId, new ChildStarted(child.TaskRunId, child.ChildId, child.Index)));
        var inputs = InputResolver.ToMap(new InputResolver(Expressions).Resolve(flow.Inputs, child.Inputs, Scope.Empty, text => text));
        Take(child.ChildId, Decider.Create(flow, new NewExecution(child.ChildId) { Inputs = inputs, Labels = child.Labels, Trigger = child.Trigger, ScheduleDate = child.ScheduleDate }, Moment));
        letters.Enqueue((child.ChildId, new Advance()));
    }

    /// <summary>The state as another process would find it: folded from the stored events, and equal to the one at hand.</summary>
    private Execution Rebuilt(string id, Decision decision)
    {
        var events = stored.TryGetValue(id, out var known) ? known : stored[id] = [];
        events.AddRange(decision.Events.Select(e => JsonSerializer.Deserialize<ExecutionEvent>(JsonSerializer.SerializeToUtf8Bytes(e, Data.Json), Data.Json)!));
        var rebuilt = events.Aggregate((Execution?)null, Evolution.Apply)!;
        if (decision.Events.Count > 0) Assert.Equal(JsonSerializer.Serialize(decision.State, Data.Json), JsonSerializer.Serialize(rebuilt, Data.Json));
        return rebuilt;
    }
}
