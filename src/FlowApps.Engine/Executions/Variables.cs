using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>
/// The root variables of a rendering (kestra-semantics 8). What costs something is a <c>Func&lt;object?&gt;</c> that a Scope calls when it is asked for; outputs and task states are found
/// when they are looked up, never gathered.
/// </summary>
public static class Variables
{
    public static OrderedDictionary<string, object?> Of(Flow flow, Execution execution, TaskRun? run, RunSettings settings)
    {
        var map = FlowMap.Of(flow);
        var node = run is null ? null : map.Find(run.TaskId);
        var roots = Data.Map();
        roots["flow"] = Data.Map(("id", flow.Id), ("namespace", flow.Namespace), ("revision", execution.FlowRevision));
        roots["execution"] = Lazily(() => ExecutionOf(execution, settings));
        roots["inputs"] = settings.Decrypt is null ? execution.Inputs : Lazily(() => Encryption.Open(execution.Inputs, settings.Decrypt));
        roots["vars"] = execution.Vars ?? flow.Variables;
        roots["outputs"] = new OutputsMap(map, execution, run, settings.Decrypt);
        roots["tasks"] = new TaskStatesMap(map, execution, run);
        roots["labels"] = Lazily(() => LabelsOf(execution));
        if (execution.Trigger is { } trigger) roots["trigger"] = trigger.Variables;
        if (run is not null)
        {
            if (node is not null) roots["task"] = Data.Map(("id", node.Id), ("type", node.Task.Type));
            roots["taskrun"] = TaskRunOf(execution, run);
            if (run.ParentId is not null)
            {
                roots["parents"] = Lazily(() => ParentsOf(map, execution, run, settings));
                if (ParentsOf(map, execution, run, settings) is [var parent, ..]) roots["parent"] = parent;
                AddSurroundings(roots, map, execution, run);
            }
            if (node?.WithAncestors().Any(n => n.Section == Section.Errors) == true) roots["error"] = Lazily(() => ErrorOf(execution));
        }
        else if (execution.TaskRuns.CountOf(State.Failed) > 0) roots["error"] = Lazily(() => ErrorOf(execution));
        if (settings.NamespaceVariables is { } variables) roots["namespace"] = Lazily(() => variables(flow.Namespace));
        roots["envs"] = settings.Envs;
        roots["globals"] = settings.Globals;
        if (settings.Url is not null || settings.Environment is not null) roots["kestra"] = Data.Map(("environment", settings.Environment), ("url", settings.Url));
        foreach (var (key, value) in execution.Variables) roots[key] = value;
        // Older flows read what a task has set by its bare name.
        foreach (var (key, value) in execution.Vars ?? Data.Map()) roots.TryAdd(key, value);
        return roots;
    }

    /// <summary>The same with nothing left to compute: for pages, and for carrying elsewhere.</summary>
    public static OrderedDictionary<string, object?> Computed(Flow flow, Execution execution, TaskRun? run, RunSettings settings)
    {
        var roots = Of(flow, execution, run, settings);
        foreach (var key in roots.Keys.ToList())
            if (roots[key] is Func<object?> compute) roots[key] = compute();
        return roots;
    }

    private static Func<object?> Lazily(Func<object?> compute) => compute;

    private static OrderedDictionary<string, object?> ExecutionOf(Execution execution, RunSettings settings)
    {
        var map = Data.Map(("id", execution.Id), ("startDate", execution.State.StartDate), ("state", execution.State.Current.Word));
        map["originalId"] = execution.OriginalId ?? execution.Id;
        if (settings.Url is { } url) map["url"] = $"{url}/ui/executions/{execution.Namespace}/{execution.FlowId}/{execution.Id}";
        if (execution.Outputs is { } outputs) map["outputs"] = outputs;
        return map;
    }

    private static OrderedDictionary<string, object?> TaskRunOf(Execution execution, TaskRun run)
    {
        var map = Data.Map(("id", run.Id), ("startDate", run.State.StartDate), ("attemptsCount", run.Attempts.Count(a => a.State.Current.IsTerminal)));
        if (run.ParentId is not null) map["parentId"] = run.ParentId;
        if (run.Value is not null) map["value"] = run.Value;
        if (run.Iteration is not null) map["iteration"] = run.Iteration;
        return map;
    }

    /// <summary>Nearest first; an ancestor with neither value nor outputs is left out.</summary>
    private static List<object?> ParentsOf(FlowMap map, Execution execution, TaskRun run, RunSettings settings)
    {
        var parents = new List<object?>();
        foreach (var ancestor in execution.TaskRuns.WithAncestors(run).Skip(1))
        {
            if ((ancestor.Value is null && ancestor.Outputs is null) || map.Find(ancestor.TaskId)?.Task is LoopIteration) continue;
            var parent = Data.Map(("task", Data.Map(("id", ancestor.TaskId))));
            if (ancestor.Value is not null) parent["taskrun"] = Data.Map(("value", ancestor.Value));
            if (ancestor.Outputs is not null) parent["outputs"] = settings.Decrypt is null ? ancestor.Outputs : Encryption.Open(ancestor.Outputs, settings.Decrypt);
            parents.Add(parent);
        }
        return parents;
    }

    /// <summary>workerTaskrun inside a WorkingDirectory, item inside a Loop.</summary>
    private static void AddSurroundings(OrderedDictionary<string, object?> roots, FlowMap map, Execution execution, TaskRun run)
    {
        foreach (var level in execution.TaskRuns.WithAncestors(run))
        {
            var task = map.Find(level.TaskId)?.Task;
            if (task is WorkingDirectory && level.Id != run.Id) roots.TryAdd("workerTaskrun", Data.Map(("id", level.Id), ("value", level.Value)));
            if (task is LoopIteration && level is { ParentId: { } loopId, Iteration: { } index } && !roots.ContainsKey("item"))
                roots["item"] = Lazily(() => Loop.ItemOf(execution, execution.TaskRuns[loopId], index));
        }
    }

    private static OrderedDictionary<string, object?> LabelsOf(Execution execution)
    {
        var labels = Data.Map();
        foreach (var label in execution.Labels)
        {
            if (!label.Key.StartsWith("system.", StringComparison.Ordinal))
            {
                labels[label.Key] = label.Value;
                continue;
            }
            if (labels.GetValueOrDefault("system") is not OrderedDictionary<string, object?> system) labels["system"] = system = Data.Map();
            system[label.Key["system.".Length..]] = label.Value;
        }
        return labels;
    }

    private static OrderedDictionary<string, object?>? ErrorOf(Execution execution)
    {
        var failed = execution.TaskRuns.LastOrDefault(run => run.State.Current == State.Failed && (run.Error is not null || run.Attempts is [.., { Error: not null }]));
        if (failed is null) return execution.Error is null ? null : Data.Map(("message", execution.Error));
        var message = failed.Error ?? failed.Attempts[^1].Error;
        return Data.Map(("taskId", failed.TaskId), ("message", message), ("stackTrace", message));
    }
}
