using FlowApps.Web.Layout;

namespace FlowApps.Web.Examples;

/// <summary>The sample flows and apps of a demo.</summary>
public sealed class ExamplesFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddSingleton<ExampleRequests>().AddHostedService<ExampleLoader>();
}
