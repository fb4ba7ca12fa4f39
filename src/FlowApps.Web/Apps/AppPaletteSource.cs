using FlowApps.Domain.Apps;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps;

/// <summary>The apps of the reader's catalogue, by title.</summary>
public sealed class AppPaletteSource(IApps apps, UserDirectory users, Reader reader) : IPaletteSource
{
    public int Order => 15;

    public async Task<PaletteGroup> FindAsync(string query, int limit, CancellationToken cancellation)
    {
        if (query.Length == 0) return new PaletteGroup("Apps", []);
        var person = await users.FindAsync(reader.Name, cancellation);
        var found = await apps.CatalogueAsync(person, query, null, cancellation);
        return new PaletteGroup("Apps", found.Take(limit).Select(app => new PaletteHit(app.Title, Routes.To(Routes.App, app.Namespace, app.Id), app.Namespace, "app-window")).ToList()); // icon
    }
}
