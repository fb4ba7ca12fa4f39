using FlowApps.Web.Layout;

namespace FlowApps.Web.Home;

/// <summary>What the home page asks for.</summary>
public sealed class HomeFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddScoped<OverviewDesk>();
}
