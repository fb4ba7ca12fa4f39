using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.FlowTests;

public sealed record FlowTestReading(FlowTestSuite? Suite, IReadOnlyList<Problem> Problems);

/// <summary>A stored revision of a suite; the numbers go on after a suite was deleted.</summary>
public sealed record FlowTestRevision(string Namespace, string Id, string FlowId, int Revision, string Source, DateTimeOffset SavedAt, string? SavedBy);

/// <summary>Which suites or runs; the namespaces below belong to it when <c>Below</c>.</summary>
public sealed record FlowTestQuery(string? Namespace = null, bool Below = true, string? FlowId = null, string? SuiteId = null);

/// <summary>Tests of flows: kept with revisions, run against the flow as it is stored. Implemented by the runtime.</summary>
public interface IFlowTests
{
    FlowTestReading Read(string source);

    /// <summary>Errors: Invalid when the text cannot be read; Conflict when <paramref name="expectedRevision"/> (0: there is none yet) is not the newest.</summary>
    Task<FlowTestRevision> SaveAsync(string source, string? by, int? expectedRevision, CancellationToken cancellation);

    /// <summary>The newest revision, or the one that is asked for; null when there is none.</summary>
    Task<FlowTestRevision?> FindAsync(string ns, string id, int? revision, CancellationToken cancellation);
    Task<IReadOnlyList<FlowTestRevision>> RevisionsAsync(string ns, string id, CancellationToken cancellation);

    /// <summary>The newest revisions, by namespace and id.</summary>
    Task<Page<FlowTestRevision>> SearchAsync(FlowTestQuery query, PageRequest page, CancellationToken cancellation);

    /// <summary>Errors: NotFound.</summary>
    Task DeleteAsync(string ns, string id, CancellationToken cancellation);

    /// <summary>
    /// Runs a suite to its end and keeps the result for 30 days. Cases run one after the other, each as an execution of kind TEST, which lists, figures, limits and notices leave out; all of them, or
    /// those that are named.
    /// </summary>
    Task<FlowTestRun> RunAsync(FlowTestSuite suite, IReadOnlyCollection<string> cases, string? by, CancellationToken cancellation);

    Task<FlowTestRun?> FindRunAsync(string id, CancellationToken cancellation);

    /// <summary>Runs of suites, newest first.</summary>
    Task<Page<FlowTestRun>> RunsAsync(FlowTestQuery query, PageRequest page, CancellationToken cancellation);
}
