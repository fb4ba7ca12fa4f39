namespace FlowApps.Web.Api;

/// <summary>
/// One operation of the REST API (or its few variants), in a file of its own below <c>Api/</c>. Found by itself at start. Paths are relative to <c>/api/v1</c>
/// and are served with the tenant segment too (<c>/api/v1/main</c>); each endpoint names its permission; refusals are thrown.
/// </summary>
public interface IApi
{
    void Map(IEndpointRouteBuilder api);
}
