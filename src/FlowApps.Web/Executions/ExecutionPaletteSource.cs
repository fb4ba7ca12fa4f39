using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Layout;
using FlowApps.Web.Look;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Executions;

/// <summary>Executions by id, flow or text; the newest when nothing is typed.</summary>
public sealed class ExecutionPaletteSource(IExecutionStore store, Reader reader, TimeProvider clock) : IPaletteSource
{
    public int Order => 20;

    public async Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        if (!reader.May(Permission.ReadExecutions)) return new PaletteGroup("Executions", []);
        var found = await store.SearchAsync(new ExecutionQuery { Text = query.Length == 0 ? null : query }, new PageRequest(1, limit, "startDate:desc"), cancellation);
        return new PaletteGroup("Executions", found.Results.Select(row => new PaletteHit($"{row.FlowId} {row.Id}", Routes.To(Routes.Execution, row.Id), Durations.Relative(row.StartDate - clock.GetUtcNow()), Of: row.State.Silhouette())).ToList());
    }
}
