using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api;

/// <summary>Finds the flow that a path names, or refuses in one wording.</summary>
public static class FoundFlow
{
    public static async Task<FlowRevision> RevisionAsync(this IFlows flows, FlowId key, int? revision, CancellationToken cancellation) =>
        await flows.SourceAsync(key, revision, cancellation) ?? throw Missing(key, revision);

    public static RefusedException Missing(FlowId key, int? revision) =>
        RefusedException.NotFound(revision is null ? $"Flow not found: there is no flow '{key.Id}' in namespace '{key.Namespace}'." : $"Flow not found: '{key}' has no revision {revision}.");
}
