using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Palette;

/// <summary>What the command palette shows while somebody types.</summary>
public sealed class PaletteFeature : IFeature
{
    private const int PerGroup = 6;

    public void AddServices(IServiceCollection services) => services.AddScoped<IPaletteSource, MenuPaletteSource>();

    public void Map(IEndpointRouteBuilder pages) => pages.MapGet(Routes.Palette, async (string? q, IEnumerable<IPaletteSource> sources, CancellationToken cancellation) =>
    {
        var query = (q ?? "").Trim();
        var groups = new List<PaletteGroup>();
        foreach (var source in sources.OrderBy(source => source.Order))
            if (await source.FindAsync(query, PerGroup, cancellation) is { Hits.Count: > 0 } group)
                groups.Add(group);
        return Html.Fragment<PaletteResults>(new { Query = query, Groups = groups });
    }).RequirePermission(Permission.ReadFlows);
}
