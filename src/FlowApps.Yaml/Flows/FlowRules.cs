using FlowApps.Domain.Flows;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Flows;

/// <summary>What a flow must be as a whole, whatever its plugins do (kestra-semantics 1.3): ids once, tasks at all, worker groups that exist.</summary>
internal static class FlowRules
{
    public static void Check(Flow flow, IReadOnlySet<string> workerGroups, Findings findings)
    {
        if (findings.GivesNone(flow, "tasks")) findings.Report(flow, "empty_list", "must not be empty", "tasks", "Give the flow at least one task.");
        Once(flow.AllTasks(), t => t.Id, "task id", findings);
        Once(flow.Triggers, t => t.Id, "trigger id", findings);
        Once(flow.Outputs, o => o.Id, "output", findings);
        CheckGroup(flow, flow.WorkerGroup, workerGroups, findings);
        foreach (var task in flow.AllTasks()) CheckGroup(task, task.WorkerGroup, workerGroups, findings);
        foreach (var trigger in flow.Triggers) CheckGroup(trigger, trigger.WorkerGroup, workerGroups, findings);
    }

    /// <summary>One problem that names all doubles, at the first of them.</summary>
    private static void Once<T>(IEnumerable<T> items, Func<T, string> id, string word, Findings findings) where T : class
    {
        var twice = items.GroupBy(id, StringComparer.Ordinal).Where(g => g.Count() > 1).ToList();
        if (twice.Count == 0) return;
        findings.Report(twice[0].ElementAt(1), "duplicate_id", $"Duplicate {word} with name [{string.Join(", ", twice.Select(g => g.Key))}]", "id", "Ids are unique in the whole flow, children included.");
    }

    private static void CheckGroup(object owner, WorkerGroup? group, IReadOnlySet<string> known, Findings findings)
    {
        if (group?.Key is not { } key || known.Contains(key) || key.Contains("{{", StringComparison.Ordinal)) return;
        var there = known.Count == 0 ? "none is configured here" : $"configured are {string.Join(", ", known)}";
        findings.Report(owner, "unknown_worker_group", $"Worker Group is an Enterprise Edition functionality in Kestra; here the group '{key}' would have to be configured, but {there}", "workerGroup");
    }
}
