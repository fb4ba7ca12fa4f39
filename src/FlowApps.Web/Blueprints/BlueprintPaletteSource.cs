using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Blueprints;

/// <summary>Blueprints by what they are for, as soon as something was typed.</summary>
public sealed class BlueprintPaletteSource(BlueprintShelf shelf, Reader reader) : IPaletteSource
{
    public int Order => 60;

    public Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        var hits = query.Length == 0 || !reader.May(Permission.ReadFlows) ? [] : shelf.Search(query, null).Take(limit)
            .Select(blueprint => new PaletteHit(blueprint.Title, Routes.To(Routes.Blueprint, blueprint.Id), blueprint.Tags[0], "template")).ToList(); // icon
        return Task.FromResult(new PaletteGroup("Blueprints", hits));
    }
}
