using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Flows;
using FlowApps.Runtime.Namespaces;
using FlowApps.Runtime.Triggers;
using FlowApps.Yaml.Flows;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Flows;

/// <summary>Flows, parsed once per revision. A save is read, checked, stored, and only then seen by anybody.</summary>
internal sealed class FlowRegistry(IFlowStore store, FlowReader reader, FlowRules rules, TriggerIndex triggers, StoredTemplates templates, NamespaceRegistry namespaces, TimeProvider clock, ILogger<FlowRegistry> logger) : IFlows
{
    private const int MaxParsed = 20_000;
    private readonly ConcurrentDictionary<(FlowId, int), Flow> parsed = new();
    private readonly ConcurrentDictionary<FlowId, Flow> newest = new();

    /// <summary>The store's number of changes that this registry has taken in.</summary>
    private long? version;

    public FlowReading Read(string source)
    {
        var reading = reader.Read(source);
        if (reading.Flow is not { } flow) return reading;
        var problems = FlowReader.Place(source, FlowRules.Check(flow));
        return problems.Count > 0
            ? reading with { Flow = null, Problems = problems }
            : reading with { Warnings = [.. reading.Warnings, .. FlowReader.Place(source, rules.Warnings(flow))] };
    }

    public async Task<FlowRevision> CreateAsync(string source, string? by, CancellationToken cancellation)
    {
        var flow = Valid(source);
        var last = await store.LoadAsync(flow.Key, null, allowDeleted: true, cancellation);
        if (last is { Deleted: false }) throw RefusedException.Conflict("flow_exists", $"The flow {flow.Key} exists already. Save it as a new revision, or choose another id.");
        return await AppendAsync(flow, source, last?.Revision ?? 0, by, cancellation);
    }

    public async Task<FlowRevision> UpdateAsync(FlowId key, string source, string? by, int? expectedRevision, CancellationToken cancellation)
    {
        var flow = Valid(source);
        if (flow.Id != key.Id) throw new RefusedException(RefusalKind.Invalid, [new Problem("flow_id_changed", "Illegal flow id update", "id", Suggestion: $"Keep the id `{key.Id}`, or create a new flow.")]);
        if (flow.Namespace != key.Namespace) throw new RefusedException(RefusalKind.Invalid, [new Problem("namespace_changed", "Illegal namespace update", "namespace", Suggestion: $"Keep the namespace `{key.Namespace}`, or create a new flow.")]);
        var last = await store.LoadAsync(key, null, allowDeleted: false, cancellation) ?? throw Unknown(key);
        if (expectedRevision is { } expected && expected != last.Revision)
            throw RefusedException.Conflict("old_revision", $"Somebody saved revision {last.Revision} of this flow since you opened revision {expected}.");
        return FlowSource.WithoutRevision(source) == last.Source ? last : await AppendAsync(flow, source, last.Revision, by, cancellation);
    }

    public async Task DeleteAsync(FlowId key, string? by, CancellationToken cancellation)
    {
        var last = await store.LoadAsync(key, null, allowDeleted: false, cancellation) ?? throw Unknown(key);
        var gone = last with { Revision = last.Revision + 1, Deleted = true, SavedAt = clock.GetUtcNow(), SavedBy = by };
        var flow = Parse(last);
        if (!await store.AppendAsync(gone, Summary(flow, gone), last.Revision, cancellation)) throw Raced(key);
        Forget(key);
    }

    public async Task<FlowRevision> SetDisabledAsync(FlowId key, bool disabled, string? by, CancellationToken cancellation)
    {
        var last = await store.LoadAsync(key, null, allowDeleted: false, cancellation) ?? throw Unknown(key);
        return last.Disabled == disabled ? last : await UpdateAsync(key, FlowSource.WithDisabled(last.Source, disabled), by, last.Revision, cancellation);
    }

    public async ValueTask<Flow?> FindAsync(FlowId key, int? revision, CancellationToken cancellation) =>
        await LoadAsync(key, revision, cancellation) is { } flow ? templates.Fill(flow) : null;

    private async ValueTask<Flow?> LoadAsync(FlowId key, int? revision, CancellationToken cancellation)
    {
        if (revision is { } number && parsed.TryGetValue((key, number), out var known)) return known;
        if (revision is null && newest.TryGetValue(key, out known)) return known;
        if (await store.LoadAsync(key, revision, allowDeleted: revision is not null, cancellation) is not { } stored) return null;
        var flow = Parse(stored);
        return revision is null ? KeepNewest(flow) : flow;
    }

    public Task<FlowRevision?> SourceAsync(FlowId key, int? revision, CancellationToken cancellation) =>
        store.LoadAsync(key, revision, allowDeleted: revision is not null, cancellation);

    /// <summary>The flow an execution runs, of its own revision. Errors: NotFound when that revision was removed.</summary>
    public async ValueTask<Flow> OfAsync(Execution execution, CancellationToken cancellation) =>
        await FindAsync(execution.Flow, execution.FlowRevision, cancellation)
        ?? throw RefusedException.NotFound($"Revision {execution.FlowRevision} of the flow {execution.Flow}, which execution {execution.Id} runs, is not stored any more.");

    /// <summary>Takes in what other processes saved, flows and the defaults of namespaces. At start only the flows that listen to executions are read; every other one is when it is needed.</summary>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        if (await namespaces.RefreshAsync(cancellation))
        {
            parsed.Clear();
            newest.Clear();
            version = null;
        }
        var now = await store.VersionAsync(cancellation);
        if (now == version) return;
        foreach (var change in version is { } seen ? await store.ChangesAsync(seen, cancellation) : await store.ListeningAsync(cancellation)) await TakeInAsync(change, cancellation);
        version = now;
    }

    private async Task TakeInAsync(FlowChange change, CancellationToken cancellation)
    {
        if (newest.TryGetValue(change.Key, out var known) && known.Revision == change.Revision && !change.Deleted) return;
        Forget(change.Key);
        try
        {
            if (change is { Deleted: false, Listens: true } && await LoadAsync(change.Key, null, cancellation) is { } flow) triggers.Set(flow);
        }
        catch (RefusedException e)
        {
            logger.LogWarning("The triggers of the flow {Flow} do not listen: {Reason}", change.Key, e.Message);
        }
    }

    private async Task<FlowRevision> AppendAsync(Flow flow, string source, int last, string? by, CancellationToken cancellation)
    {
        var revision = new FlowRevision(flow.Key, last + 1, FlowSource.WithoutRevision(source), clock.GetUtcNow(), by, flow.Disabled);
        var saved = flow with { Revision = revision.Revision };
        if (!await store.AppendAsync(revision, Summary(saved, revision), last, cancellation)) throw Raced(flow.Key);
        triggers.Set(KeepNewest(Keep(saved)));
        return revision;
    }

    private Flow KeepNewest(Flow flow)
    {
        if (newest.Count >= MaxParsed) newest.Clear();
        return newest[flow.Key] = flow;
    }

    private void Forget(FlowId key)
    {
        newest.TryRemove(key, out _);
        triggers.Remove(key);
    }

    private Flow Valid(string source)
    {
        var reading = Read(source);
        return reading.Flow ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
    }

    /// <summary>A stored revision is read leniently: what was valid when it was saved must run for ever.</summary>
    private Flow Parse(FlowRevision revision)
    {
        if (parsed.TryGetValue((revision.Key, revision.Revision), out var known)) return known;
        var flow = reader.Read(revision.Source, strict: false) is { Flow: { } valid }
            ? valid with { Revision = revision.Revision }
            : throw RefusedException.Invalid("flow_unreadable", $"Revision {revision.Revision} of the flow {revision.Key} cannot be read any more. Save a new revision.");
        return Keep(flow);
    }

    private Flow Keep(Flow flow)
    {
        if (parsed.Count >= MaxParsed) parsed.Clear();
        return parsed.GetOrAdd((flow.Key, flow.Revision), flow);
    }

    private static FlowSummary Summary(Flow flow, FlowRevision revision) =>
        new(flow.Key, revision.Revision, flow.Description, flow.Labels, flow.Disabled, revision.SavedAt, revision.SavedBy, [.. flow.Triggers.Select(t => t.Type).Distinct()], flow.Inputs.Count > 0);

    private static RefusedException Unknown(FlowId key) => RefusedException.NotFound($"There is no flow {key}.");

    private static RefusedException Raced(FlowId key) => RefusedException.Conflict("old_revision", $"Somebody else saved the flow {key} at the same moment. Open it again.");
}
