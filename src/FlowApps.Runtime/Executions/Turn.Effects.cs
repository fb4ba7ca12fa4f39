using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Runtime.Notifications;
using FlowApps.Runtime.Work;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Runtime.Executions;

/// <summary>Each effect of a decision becomes rows of the same commit, or something done at once within the turn.</summary>
internal sealed partial class Turn
{
    private async ValueTask ApplyAsync(Subject subject, Effect effect)
    {
        if (Causes.Of(subject, effect, moment.Now, tools.NewId) is { } notice) Draft.Add(notice);
        switch (effect)
        {
            case RunTask run: Run(subject, run); break;
            case AskOutside ask: AddWork(subject, ask.TaskRunId ?? "", 1, WorkKinds.Render, null, Data.Write(ask.Expressions)); break;
            case PrepareDirectory prepare: AddWork(subject, prepare.TaskRunId, 1, WorkKinds.PrepareDirectory, GroupOf(subject, prepare.TaskRunId)); break;
            case CollectDirectory collect: AddWork(subject, collect.TaskRunId, 1, collect.Discard ? WorkKinds.DiscardDirectory : WorkKinds.CollectDirectory, GroupOf(subject, collect.TaskRunId)); break;
            case SetTimer timer: Set(subject, timer); break;
            case StartChild child: await StartAsync(subject, child); break;
            case StartSuccessor successor: await AddAsync(new NewStart(subject.Flow, (decider, now) => decider.Adopt(subject.Flow, successor.Successor, now)), subject); break;
            case SendCommand send: Send(send.ExecutionId, send.Command); break;
            // A test asks nobody.
            case OpenWait or ChangeWait or CloseWait when subject.Now.Kind == ExecutionKind.Test: break;
            case OpenWait open: Draft.Open(open.Wait); break;
            case ChangeWait change: Draft.Open(change.Wait); break;
            case CloseWait close: Draft.Close(close.Decision); break;
            case CancelWork cancel: Cancel(subject, cancel); break;
            case WriteLog log: Draft.Add(Line(subject, log)); break;
            case AskSlot ask: await AskSlotAsync(subject, ask.Limit); break;
            case StateChanged moved:
                Changes.Add((subject, moved));
                await tools.Triggers.OnChangeAsync(this, subject, moved, cancellation);
                break;
            default: throw new InvalidOperationException($"No rows are known for the effect {effect.GetType().Name}.");
        }
    }

    private void Run(Subject subject, RunTask run)
    {
        var taskRun = subject.Now.TaskRuns[run.TaskRunId];
        var task = tools.Indexes.Of(subject.Flow).Find(taskRun.TaskId);
        if (task is RunnableTask && steps < MaxSteps && tools.Indexes.Of(subject.Flow).IsQuick(task)) runs.Enqueue((subject, run));
        else AddWork(subject, run.TaskRunId, run.Attempt, WorkKinds.Task, GroupOf(subject, run.TaskRunId));
    }

    private string? GroupOf(Subject subject, string taskRunId)
    {
        var task = tools.Indexes.Of(subject.Flow).Find(subject.Now.TaskRuns[taskRunId].TaskId);
        return task?.WorkerGroup?.Key ?? subject.Flow.WorkerGroup?.Key;
    }

    /// <summary>The same piece of work has the same id however often it is asked for, so it is there once.</summary>
    private void AddWork(Subject subject, string taskRunId, int attempt, string kind, string? group, string? payload = null)
    {
        var lease = tools.Pool.Lease(group);
        var id = WorkKinds.IdOf(kind, subject.Id, taskRunId, attempt, payload);
        Draft.Add(new WorkItem(id, subject.Id, taskRunId, attempt, group, kind, payload) { Owner = lease?.Owner, LeaseUntil = lease?.Until });
    }

    /// <summary>
    /// The work is withdrawn and interrupted where it runs. A run that still waits for its worker's report is reported killed here: the worker may be anywhere, or gone.
    /// </summary>
    private void Cancel(Subject subject, CancelWork cancel)
    {
        Draft.Cancel(cancel.TaskRunIds);
        Interrupted.AddRange(cancel.TaskRunIds);
        foreach (var id in cancel.TaskRunIds)
            if (subject.Now.TaskRuns.Find(id) is { State.Current.IsTerminal: false } run)
                commands.Enqueue((subject, new TaskReported(id, run.Attempts.Count, State.Killed, null, null, null, moment.Now, moment.Now)));
    }

    /// <summary>What is due already happens now.</summary>
    private void Set(Subject subject, SetTimer timer)
    {
        if (timer.Due <= moment.Now && steps < MaxSteps) commands.Enqueue((subject, timer.Ring));
        else Draft.Add(new Timer(tools.NewId(), subject.Id, timer.Due, timer.Ring));
    }

    private void Send(string executionId, ExecutionCommand command)
    {
        if (subjects.Find(subject => subject.Id == executionId) is { } here) commands.Enqueue((here, command));
        else Draft.Add(new Letter(tools.NewId(), executionId, command));
    }

    /// <summary>A child begins in the parent's commit; when it cannot begin, the parent hears why.</summary>
    private async ValueTask StartAsync(Subject parent, StartChild child)
    {
        try
        {
            if (parent.Depth >= MaxDepth) throw RefusedException.Conflict("too_deep", $"Subflows call each other more than {MaxDepth} levels deep.");
            var start = await tools.Starts.ChildAsync(parent.Now, child, cancellation);
            commands.Enqueue((parent, new ChildStarted(child.TaskRunId, child.ChildId, child.Index)));
            await AddAsync(start, parent);
        }
        catch (RefusedException e)
        {
            commands.Enqueue((parent, new ChildRefused(child.TaskRunId, e.Message, child.Index)));
        }
    }

    /// <summary>Another new execution in this commit.</summary>
    public async ValueTask<Subject> AddAsync(NewStart start, Subject cause)
    {
        var subject = new Subject(start.Flow, null) { Depth = cause.Depth + 1 };
        return await BeginAsync(subject, start) is { } refusal ? throw new RefusedException(RefusalKind.Invalid, [refusal]) : subject;
    }

    /// <summary>Creates it, and looks at it at once unless something has to come first (a date, a slot) or it goes on by itself.</summary>
    private async ValueTask<Problem?> BeginAsync(Subject subject, NewStart start)
    {
        var decision = start.Decide(tools.Decider, moment);
        if (decision.Refusal is { } refusal) return refusal;
        subjects.Add(subject);
        var waits = decision.Effects.Any(effect => effect is AskSlot or SetTimer or SendCommand);
        await TakeAsync(subject, decision);
        if (!waits && subject.Now.State.Current == State.Created) commands.Enqueue((subject, new Advance()));
        return null;
    }

    /// <summary>Only the execution whose turn it is waits for its flow's slots; others ask in a turn of their own, so that two turns never wait for each other.</summary>
    private async ValueTask AskSlotAsync(Subject subject, Concurrency limit)
    {
        if (subject != subjects[0]) Draft.Add(new Letter(tools.NewId(), subject.Id, new Advance()));
        else if (await HasSlotAsync(subject, limit)) commands.Enqueue((subject, new GrantSlot()));
        else commands.Enqueue((subject, new RefuseSlot(limit.Behavior)));
    }

    private async ValueTask<bool> HasSlotAsync(Subject subject, Concurrency? limit)
    {
        if (limit is null || hasSlot) return true;
        slots ??= await tools.Slots.EnterAsync(subject.Now.Flow, cancellation);
        var slotTurn = await tools.Slots.TurnAsync(subject.Now.Flow, cancellation);
        var held = await tools.Slots.CountAsync(subject.Now.Flow, subject.Before?.State, cancellation);
        // What holds a slot from now on begins after whoever held it before ended, also by the dates of the events.
        moment = moment with { Now = tools.Clock.GetUtcNow() };
        if (held >= limit.Limit) return false;
        Draft.Put(slotTurn);
        Fault.Point("slot-counted");
        return hasSlot = true;
    }

    private LogEntry Line(Subject subject, WriteLog log) => new()
    {
        Namespace = subject.Now.Namespace,
        FlowId = subject.Now.FlowId,
        ExecutionId = subject.Id,
        TaskRunId = log.TaskRunId,
        TaskId = log.TaskRunId is null ? null : subject.Now.TaskRuns.Find(log.TaskRunId)?.TaskId,
        Timestamp = moment.Now,
        Level = log.Level,
        Message = log.Message,
    };
}
