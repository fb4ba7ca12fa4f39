using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Tasks;
using FlowApps.Expressions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Outside;

namespace FlowApps.Runtime.Work;

/// <summary>Makes the context of an attempt: variables, secrets, log, folder.</summary>
internal sealed class RunContexts(
    ExpressionEngine expressions, OutsideStores stores, Surroundings surroundings, FlowIndexes indexes, LogPipe pipe,
    RuntimeOptions options, NodeIdentity node, IServiceProvider ports, TimeProvider clock)
{
    public RunPlace For(TaskDefinition task, Flow flow, Execution execution, TaskRun run, int attempt)
    {
        var mask = new SecretMask();
        var folder = FolderOf(flow, execution, run);
        var file = task.LogToFile ? new LogFile(Path.Combine(folder.Path, $".log-{run.Id}")) : null;
        var origin = new LogEntry
        {
            Namespace = execution.Namespace,
            FlowId = execution.FlowId,
            ExecutionId = execution.Id,
            TaskId = run.TaskId,
            TaskRunId = run.Id,
            AttemptNumber = attempt - 1,
            Timestamp = default,
            Level = default,
            Message = "",
        };
        var variables = Variables.Of(flow, execution, run, surroundings.For(mask));
        var context = new RunContext(
            expressions, new Scope(variables, new RunOutside(stores, execution.Namespace, execution, mask)), new RunLog(origin, mask, task.LogLevel ?? LogLevel.Trace, pipe, file, clock),
            folder, FilePaths.TaskRun(flow.Namespace, flow.Id, execution.Id, run.TaskId, run.Id), new ReachableFiles(execution.Namespace, execution, forTask: true), stores.Files, ports)
        {
            Flow = flow.Key,
            FlowRevision = flow.Revision,
            ExecutionId = execution.Id,
            TaskRunId = run.Id,
            TaskId = run.TaskId,
            Attempt = attempt,
            IdempotencyKey = $"{run.Id}-{attempt}",
            Variables = variables,
            Clock = clock,
        };
        return new RunPlace(context, folder, file);
    }

    /// <summary>The context of a trigger that looks outside; its files belong to the execution it may start.</summary>
    public RunPlace For(TriggerDefinition trigger, Flow flow, string executionId, TriggerMemory memory)
    {
        var mask = new SecretMask();
        var folder = WorkFolder.Of(options.DataFolder, node, executionId);
        var execution = new Execution
        {
            Id = executionId,
            Namespace = flow.Namespace,
            FlowId = flow.Id,
            FlowRevision = flow.Revision,
            State = StateTrail.Start(State.Created, clock.GetUtcNow()),
        };
        var origin = new LogEntry { Namespace = flow.Namespace, FlowId = flow.Id, TriggerId = trigger.Id, Timestamp = default, Level = default, Message = "" };
        var variables = Variables.Of(flow, execution, null, surroundings.For(mask));
        var context = new RunContext(
            expressions, new Scope(variables, new RunOutside(stores, flow.Namespace, execution, mask)), new RunLog(origin, mask, trigger.LogLevel ?? LogLevel.Trace, pipe, null, clock),
            folder, $"{FilePaths.Execution(flow.Namespace, flow.Id, executionId)}/trigger/{FilePaths.Slug(trigger.Id)}", new ReachableFiles(flow.Namespace, execution, forTask: true), stores.Files, ports)
        {
            Flow = flow.Key,
            FlowRevision = flow.Revision,
            ExecutionId = executionId,
            TaskRunId = executionId,
            TaskId = trigger.Id,
            Attempt = 1,
            IdempotencyKey = executionId,
            Variables = variables,
            Clock = clock,
            Memory = memory,
        };
        return new RunPlace(context, folder, null);
    }

    /// <summary>The variables of a run (or of the execution) with everything that looks outside.</summary>
    public Scope ScopeOf(Flow flow, Execution execution, TaskRun? run)
    {
        var mask = new SecretMask();
        return new Scope(Variables.Of(flow, execution, run, surroundings.For(mask)), new RunOutside(stores, execution.Namespace, execution, mask));
    }

    /// <summary>A child of a WorkingDirectory works in its parent's folder.</summary>
    public WorkFolder FolderOf(Flow flow, Execution execution, TaskRun run)
    {
        var index = indexes.Of(flow);
        var shared = execution.TaskRuns.WithAncestors(run).FirstOrDefault(ancestor => index.Find(ancestor.TaskId) is WorkingDirectory);
        return shared is null ? WorkFolder.Of(options.DataFolder, node, run.Id) : WorkFolder.Shared(options.DataFolder, execution.Id, shared.Id);
    }
}
