using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Palette;

/// <summary>The pages of the menu.</summary>
public sealed class MenuPaletteSource(Reader reader) : IPaletteSource
{
    public int Order => 100;

    public Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        var hits = Navigation.Developers(reader)
            .SelectMany(group => group.Entries)
            .Where(entry => entry.Title.Contains(query, StringComparison.OrdinalIgnoreCase))
            .Take(limit)
            .Select(entry => new PaletteHit(entry.Title, entry.Route, entry.Key is null ? "" : $"G {entry.Key.ToUpperInvariant()}", entry.Icon))
            .ToList();
        return Task.FromResult(new PaletteGroup("Go to", hits));
    }
}
