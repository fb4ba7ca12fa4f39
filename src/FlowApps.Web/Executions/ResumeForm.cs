using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Executions;

/// <summary>The answer to a paused task run while it is typed.</summary>
public sealed record ResumeForm(ExecutionView View, TaskRun? Run, IReadOnlyList<ResolvedInput> Inputs)
{
    public IReadOnlyDictionary<string, object?> Entries { get; init; } = Data.Map();

    /// <summary>Null: it was sent, every error shows.</summary>
    public IReadOnlySet<string>? Touched { get; init; } = new HashSet<string>();

    public string? Comment { get; init; }
    public string? Refusal { get; init; }
    public string? Key { get; init; }
}
