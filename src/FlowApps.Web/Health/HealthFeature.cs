using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Health;

/// <summary>Whether this process answers, for load balancers and start scripts.</summary>
public sealed class HealthFeature : IFeature
{
    public const string Route = "/health";

    public void Map(IEndpointRouteBuilder pages) =>
        pages.MapGet(Route, () => Results.Json(new { status = "UP", version = Installation.Version })).AllowEverybody();
}
