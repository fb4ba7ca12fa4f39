using FlowApps.Domain.Values;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Health;

/// <summary>Whether this process can take work, for load balancers and start scripts: 200 while its database answers, 503 with the reason while it does not.</summary>
public sealed class HealthFeature : IFeature
{
    public const string Route = "/health";

    public void Map(IEndpointRouteBuilder pages) => pages.MapGet(Route, LookAsync).AllowEverybody();

    private static async Task<IResult> LookAsync(IStorageHealth storage, CancellationToken cancellation)
    {
        var found = await storage.LookAsync(cancellation);
        var (status, code) = found.State switch
        {
            StorageState.Ready => ("UP", StatusCodes.Status200OK),
            StorageState.Degraded => ("DEGRADED", StatusCodes.Status200OK),
            StorageState.Away => ("DOWN", StatusCodes.Status503ServiceUnavailable),
            _ => throw new ArgumentOutOfRangeException(nameof(storage), found.State, "Unknown state of the storage."),
        };
        return Results.Json(new { status, version = Installation.Version, why = found.Why }, statusCode: code);
    }
}
