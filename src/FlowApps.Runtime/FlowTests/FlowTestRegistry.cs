using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Yaml.FlowTests;

namespace FlowApps.Runtime.FlowTests;

/// <summary>Tests of flows, kept as documents with their revisions and their last runs.</summary>
internal sealed class FlowTestRegistry(IDocumentStore documents, FlowTestReader reader, FlowTestRunner runner, TimeProvider clock) : IFlowTests
{
    private const string Newest = "flow-test";
    private const string Revision = "flow-test-revision";
    private const string Result = "flow-test-run";
    private const int Everything = 1000;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public FlowTestReading Read(string source) => reader.Read(source);

    public async Task<FlowTestRevision> SaveAsync(string source, string? by, int? expectedRevision, CancellationToken cancellation)
    {
        var reading = Read(source);
        var suite = reading.Suite ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        var stored = await documents.LoadAsync<FlowTestRevision>(Newest, Key(suite.Namespace, suite.Id), cancellation);
        if (expectedRevision is { } expected && expected != (stored?.Value.Revision ?? 0)) throw Outdated();
        if (stored?.Value.Source == source) return stored.Value;
        var last = stored?.Value.Revision ?? (await RevisionsAsync(suite.Namespace, suite.Id, cancellation) is [.., var gone] ? gone.Revision : 0);
        var revision = new FlowTestRevision(suite.Namespace, suite.Id, suite.FlowId, last + 1, source, clock.GetUtcNow(), by);
        var json = Data.Write(revision);
        var saved = await documents.WriteAsync(
        [
            new DocumentWrite(Newest, Key(suite.Namespace, suite.Id), json, stored?.Version ?? 0, suite.Namespace, suite.FlowId),
            new DocumentWrite(Revision, $"{Key(suite.Namespace, suite.Id)}/{revision.Revision}", json, 0, suite.Namespace, suite.FlowId),
        ], cancellation);
        return saved ? revision : throw Outdated();
    }

    public async Task<FlowTestRevision?> FindAsync(string ns, string id, int? revision, CancellationToken cancellation) => revision is { } number
        ? (await documents.LoadAsync<FlowTestRevision>(Revision, $"{Key(ns, id)}/{number}", cancellation))?.Value
        : (await documents.LoadAsync<FlowTestRevision>(Newest, Key(ns, id), cancellation))?.Value;

    public async Task<IReadOnlyList<FlowTestRevision>> RevisionsAsync(string ns, string id, CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<FlowTestRevision>(Revision, new DocumentQuery(ns, IdPrefix: Key(ns, id) + "/"), new PageRequest(1, Everything), cancellation);
        return [.. page.Results.Select(document => document.Value).OrderBy(revision => revision.Revision)];
    }

    public async Task<Page<FlowTestRevision>> SearchAsync(FlowTestQuery query, PageRequest page, CancellationToken cancellation)
    {
        var found = await documents.QueryAsync<FlowTestRevision>(Newest, new DocumentQuery(query.Namespace, query.Below, query.FlowId), new PageRequest(1, Everything), cancellation);
        var suites = found.Results.Select(document => document.Value).Where(suite => query.SuiteId is null || suite.Id == query.SuiteId)
            .OrderBy(suite => suite.Namespace, StringComparer.Ordinal).ThenBy(suite => suite.Id, StringComparer.Ordinal).ToList();
        return new Page<FlowTestRevision>([.. suites.Skip(page.Offset).Take(page.Limit)], suites.Count);
    }

    public async Task DeleteAsync(string ns, string id, CancellationToken cancellation)
    {
        var stored = await documents.LoadAsync<FlowTestRevision>(Newest, Key(ns, id), cancellation) ?? throw RefusedException.NotFound($"There are no tests {ns}.{id}.");
        if (!await documents.WriteAsync([new DocumentWrite(Newest, Key(ns, id), null, stored.Version, ns)], cancellation)) throw Outdated();
    }

    public async Task<FlowTestRun> RunAsync(FlowTestSuite suite, IReadOnlyCollection<string> cases, string? by, CancellationToken cancellation)
    {
        var run = await runner.RunAsync(suite, cases, by, cancellation);
        await documents.WriteAsync([new DocumentWrite(Result, run.Id, Data.Write(run), 0, run.Namespace, run.FlowId, run.EndDate + Kept)], cancellation);
        return run;
    }

    public async Task<FlowTestRun?> FindRunAsync(string id, CancellationToken cancellation) => (await documents.LoadAsync<FlowTestRun>(Result, id, cancellation))?.Value;

    public async Task<Page<FlowTestRun>> RunsAsync(FlowTestQuery query, PageRequest page, CancellationToken cancellation)
    {
        var found = await documents.QueryAsync<FlowTestRun>(Result, new DocumentQuery(query.Namespace, query.Below, query.FlowId), new PageRequest(1, Everything), cancellation);
        var runs = found.Results.Select(document => document.Value).Where(run => query.SuiteId is null || run.TestSuiteId == query.SuiteId).OrderByDescending(run => run.Id, StringComparer.Ordinal).ToList();
        return new Page<FlowTestRun>([.. runs.Skip(page.Offset).Take(page.Limit)], runs.Count);
    }

    private static string Key(string ns, string id) => $"{ns}/{id}";

    private static RefusedException Outdated() => RefusedException.Conflict("outdated", "Somebody else saved these tests meanwhile. Look at their revision, then save yours again.");
}
