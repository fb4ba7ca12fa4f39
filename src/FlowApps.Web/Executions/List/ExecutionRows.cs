using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Executions.List;

/// <summary>The rows of the executions list.</summary>
public sealed class ExecutionRows(IExecutionStore store, TimeProvider clock)
{
    public const int Size = 50;
    private const string Newest = "startDate:desc";

    public Task<Page<ExecutionSummary>> ListAsync(ExecutionsFilter filter, CancellationToken cancellation) =>
        store.SearchAsync(filter.Query(clock.GetUtcNow()), new PageRequest(filter.Page, Size, Newest), cancellation);

    /// <summary>These executions, in this order; those that are gone are left out.</summary>
    public async Task<IReadOnlyList<ExecutionSummary>> OfAsync(IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];
        var found = (await store.SearchAsync(new ExecutionQuery { Ids = ids.Take(Size).ToList() }, new PageRequest(1, Size), cancellation)).Results.ToDictionary(row => row.Id, StringComparer.Ordinal);
        return ids.Where(found.ContainsKey).Select(id => found[id]).ToList();
    }

    /// <summary>How many that the filter shows have begun after a moment.</summary>
    public async Task<long> CountSinceAsync(ExecutionsFilter filter, DateTimeOffset since, CancellationToken cancellation) =>
        (await store.SearchAsync(filter.Query(clock.GetUtcNow()) with { From = since.AddTicks(10) }, new PageRequest(1, 1, Newest), cancellation)).Total;
}
