namespace FlowApps.Web.Layout;

/// <summary>
/// The endpoints of one feature folder: fragments and form posts. Found by itself at start; every endpoint names its permission
/// (<c>RequirePermission</c>), posts are checked for the antiforgery token. Pages need none: they name their route and permission as attributes.
/// </summary>
public interface IFeature
{
    void Map(IEndpointRouteBuilder pages);
}
