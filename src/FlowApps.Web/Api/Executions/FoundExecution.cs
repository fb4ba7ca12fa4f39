using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Api.Executions;

/// <summary>Finds what a path names, or refuses in one wording.</summary>
public static class FoundExecution
{
    public static async Task<Execution> GetAsync(this IExecutions executions, string id, CancellationToken cancellation) =>
        (await executions.FindAsync(id, cancellation))?.Execution ?? throw Missing(id);

    public static RefusedException Missing(string id) => RefusedException.NotFound($"Execution not found: there is no execution '{id}'.");
}
