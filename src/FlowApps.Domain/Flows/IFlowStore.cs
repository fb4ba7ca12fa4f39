using FlowApps.Domain.Values;

namespace FlowApps.Domain.Flows;

public sealed record FlowQuery(string? Text = null, string? Namespace = null, bool NamespacePrefix = true, bool? Disabled = null, IReadOnlyList<Label>? Labels = null, string? TriggerType = null);

/// <summary>Indexed facts about the newest revision of a flow, for lists.</summary>
public sealed record FlowSummary(FlowId Key, int Revision, string? Description, IReadOnlyList<Label> Labels, bool Disabled, DateTimeOffset UpdatedAt, string? UpdatedBy, IReadOnlyList<string> TriggerTypes, bool HasInputs);

/// <summary>That the newest revision of a flow is another one. <c>Listens</c>: it may have triggers that listen to executions.</summary>
public sealed record FlowChange(FlowId Key, int Revision, bool Deleted, bool Listens);

/// <summary>Sources of flows and their revisions.</summary>
public interface IFlowStore
{
    /// <summary>Appends a revision; false when somebody else saved in between. The summary feeds lists.</summary>
    Task<bool> AppendAsync(FlowRevision revision, FlowSummary summary, int expectedRevision, CancellationToken cancellation);

    /// <summary>A revision, or the newest when null. A deleted flow is found only by revision or with <paramref name="allowDeleted"/>.</summary>
    Task<FlowRevision?> LoadAsync(FlowId key, int? revision, bool allowDeleted, CancellationToken cancellation);
    Task<IReadOnlyList<FlowRevision>> RevisionsAsync(FlowId key, CancellationToken cancellation);
    Task<Page<FlowSummary>> SearchAsync(FlowQuery query, PageRequest page, CancellationToken cancellation);
    Task<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellation);

    /// <summary>Newest revisions of all flows that are not deleted.</summary>
    IAsyncEnumerable<FlowRevision> AllAsync(CancellationToken cancellation);

    /// <summary>Flows that changed after a number of <see cref="VersionAsync"/>, once each.</summary>
    Task<IReadOnlyList<FlowChange>> ChangesAsync(long after, CancellationToken cancellation);

    /// <summary>Flows that are not deleted and may have triggers that listen to executions.</summary>
    Task<IReadOnlyList<FlowChange>> ListeningAsync(CancellationToken cancellation);

    /// <summary>A number that grows with every change of any flow, cheap to read.</summary>
    Task<long> VersionAsync(CancellationToken cancellation);
}
