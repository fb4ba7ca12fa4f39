using FlowApps.Domain.Problems;

namespace FlowApps.Domain.Flows;

/// <summary>What reading a flow text found out: the flow when it is valid, all problems, and remarks that do not forbid saving.</summary>
public sealed record FlowReading(Flow? Flow, IReadOnlyList<Problem> Problems, IReadOnlyList<Problem> Warnings, IReadOnlyList<string> Infos, IReadOnlyList<string> DeprecationPaths)
{
    /// <summary>Namespace and id as far as the text gave them, even when it is not valid.</summary>
    public string? Namespace { get; init; }
    public string? Id { get; init; }
}

/// <summary>Flows as the product uses them: parsed, validated, with revisions. Implemented by the runtime; pages, API and tasks call it.</summary>
public interface IFlows
{
    /// <summary>Reads a flow text without saving it.</summary>
    FlowReading Read(string source);

    /// <summary>Creates a flow. Errors: Invalid with all problems; Conflict when it exists.</summary>
    Task<FlowRevision> CreateAsync(string source, string? by, CancellationToken cancellation);

    /// <summary>Saves a new revision when the text differs. Errors: Invalid, NotFound; id and namespace cannot change; Conflict when <paramref name="expectedRevision"/> is given and old.</summary>
    Task<FlowRevision> UpdateAsync(FlowId key, string source, string? by, int? expectedRevision, CancellationToken cancellation);
    Task DeleteAsync(FlowId key, string? by, CancellationToken cancellation);
    Task<FlowRevision> SetDisabledAsync(FlowId key, bool disabled, string? by, CancellationToken cancellation);

    /// <summary>The parsed flow of a revision (newest when null), cached; null when there is none.</summary>
    ValueTask<Flow?> FindAsync(FlowId key, int? revision, CancellationToken cancellation);
    Task<FlowRevision?> SourceAsync(FlowId key, int? revision, CancellationToken cancellation);
}
