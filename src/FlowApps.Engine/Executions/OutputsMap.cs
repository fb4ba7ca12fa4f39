using System.Diagnostics.CodeAnalysis;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Executions;

/// <summary><c>outputs</c>: by task id. Runs without outputs do not appear.</summary>
internal sealed class OutputsMap(FlowMap map, Execution execution, TaskRun? from, Func<string, string>? decrypt) : LookupMap
{
    public override IEnumerable<string> Keys => map.Nodes.Select(node => node.Id).Where(ContainsKey);

    public override bool TryGetValue(string key, [MaybeNullWhen(false)] out object? value)
    {
        value = RunAddress.Find(map, execution.TaskRuns, key, from, run => decrypt is null || run.Outputs is null ? run.Outputs : Encryption.Open(run.Outputs, decrypt));
        return value is not null;
    }
}
