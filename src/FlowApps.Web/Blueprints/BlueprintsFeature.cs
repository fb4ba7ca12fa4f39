using FlowApps.Web.Layout;
using FlowApps.Web.Palette;

namespace FlowApps.Web.Blueprints;

/// <summary>The gallery of flows to begin with.</summary>
public sealed class BlueprintsFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<BlueprintShelf>();
        services.AddScoped<IPaletteSource, BlueprintPaletteSource>();
    }
}
