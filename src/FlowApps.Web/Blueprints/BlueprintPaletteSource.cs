using FlowApps.Domain.Security;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Blueprints;

/// <summary>The program's blueprints by what they are for, as soon as something was typed.</summary>
public sealed class BlueprintPaletteSource(BlueprintShelf shelf, Reader reader) : IPaletteSource
{
    public int Order => 60;

    public Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        var hits = query.Length == 0 || !reader.May(Permission.ReadFlows) ? [] : shelf.All.Where(blueprint => blueprint.Fits(query, null)).Take(limit)
            .Select(blueprint => new PaletteHit(blueprint.Head.Title, blueprint.Address, blueprint.Head.Tags[0], "template")).ToList(); // icon
        return Task.FromResult(new PaletteGroup("Blueprints", hits));
    }
}
