using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Survival.Server.Plants;

/// <summary>The store with one thing done wrongly.</summary>
internal abstract class Around(IExecutionStore store) : IExecutionStore
{
    protected IExecutionStore Store => store;

    public virtual Task<CommitOutcome> CommitAsync(Commit commit, CancellationToken cancellation) => store.CommitAsync(commit, cancellation);

    public virtual Task<int> CountAsync(FlowId flow, IReadOnlyList<State> states, CancellationToken cancellation) => store.CountAsync(flow, states, cancellation);

    public Task<StoredExecution?> LoadAsync(string executionId, CancellationToken cancellation) => store.LoadAsync(executionId, cancellation);

    public Task<long?> VersionAsync(string executionId, CancellationToken cancellation) => store.VersionAsync(executionId, cancellation);

    public Task<IReadOnlyList<ExecutionEvent>> EventsAsync(string executionId, long fromVersion, int limit, CancellationToken cancellation) => store.EventsAsync(executionId, fromVersion, limit, cancellation);

    public Task<InboxEntry?> FindInboxAsync(string key, CancellationToken cancellation) => store.FindInboxAsync(key, cancellation);

    public Task<Page<ExecutionSummary>> SearchAsync(ExecutionQuery query, PageRequest page, CancellationToken cancellation) => store.SearchAsync(query, page, cancellation);

    public Task<IReadOnlyList<ExecutionCount>> CountByDayAsync(ExecutionQuery query, CancellationToken cancellation) => store.CountByDayAsync(query, cancellation);

    public Task<IReadOnlyList<ExecutionSummary>> LatestAsync(IReadOnlyList<FlowId> flows, int perFlow, CancellationToken cancellation) => store.LatestAsync(flows, perFlow, cancellation);

    public Task<bool> DeleteAsync(string executionId, CancellationToken cancellation) => store.DeleteAsync(executionId, cancellation);
}
