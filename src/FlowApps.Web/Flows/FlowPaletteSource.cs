using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows;

/// <summary>Flows by name, and the ways to run or write one.</summary>
public sealed class FlowPaletteSource(IFlowStore flows, Reader reader) : IPaletteSource
{
    public int Order => 10;

    public async Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        if (!reader.May(Permission.ReadFlows)) return new PaletteGroup("Flows", []);
        var found = await flows.SearchAsync(new FlowQuery(query.Length == 0 ? null : query), new PageRequest(1, limit), cancellation);
        var hits = found.Results.Select(flow => new PaletteHit(flow.Key.Id, Routes.To(Routes.Flow, flow.Key.Namespace, flow.Key.Id), flow.Key.Namespace, "git-merge")).ToList(); // icon
        if (query.Length > 0 && reader.May(Permission.RunExecutions) && found.Results.Count > 0 && found.Results[0] is { Disabled: false } first)
            hits.Insert(Math.Min(1, hits.Count), new PaletteHit($"Run {first.Key.Id}", Routes.To(Routes.Flow, first.Key.Namespace, first.Key.Id) + "/run", first.Key.Namespace, "player-play")); // icon
        if (reader.May(Permission.WriteFlows) && "new flow".Contains(query, StringComparison.OrdinalIgnoreCase)) hits.Add(new PaletteHit("New flow", Routes.NewFlow, "N", "plus")); // icon
        return new PaletteGroup("Flows", hits);
    }
}
