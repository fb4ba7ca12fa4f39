namespace FlowApps.Web.Layout;

/// <summary>
/// The services and endpoints (fragments, form posts) of one feature folder. Found by itself at start; every endpoint names its permission
/// (<c>RequirePermission</c>), posts are checked for the antiforgery token. Pages need none: they name their route and permission as attributes.
/// </summary>
public interface IFeature
{
    /// <summary>What the feature's pages and endpoints ask the container for; sources of the command palette and counts of the menu too.</summary>
    void AddServices(IServiceCollection services)
    {
    }

    void Map(IEndpointRouteBuilder pages)
    {
    }
}
