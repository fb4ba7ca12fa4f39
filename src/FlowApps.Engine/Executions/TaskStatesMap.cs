using System.Diagnostics.CodeAnalysis;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Executions;

/// <summary><c>tasks</c>: by task id, the state of its run.</summary>
internal sealed class TaskStatesMap(FlowMap map, Execution execution, TaskRun? from) : LookupMap
{
    public override IEnumerable<string> Keys => map.Nodes.Select(node => node.Id).Where(ContainsKey);

    public override bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        value = RunAddress.Find(map, execution.TaskRuns, key, from, run => Domain.Values.Data.Map(("state", run.State.Current.Word)));
        return value is not null;
    }
}
