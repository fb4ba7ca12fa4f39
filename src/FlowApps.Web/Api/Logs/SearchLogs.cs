using FlowApps.Domain.Logs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Logs;

/// <summary>Finds log lines of all executions and triggers, newest first unless sorted otherwise.</summary>
public sealed class SearchLogs : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapGet("/logs/search", HandleAsync).RequirePermission(Permission.ReadLogs).WithName("searchLogs");

    private static async Task<IResult> HandleAsync(HttpRequest request, [AsParameters] Paging paging, ILogStore logs, TimeProvider clock, CancellationToken cancellation)
    {
        var page = paging.Request;
        var found = await logs.SearchAsync(LogFilters.Query(SearchFilters.Of(request), clock), page with { Sort = page.Sort ?? "timestamp:desc" }, cancellation);
        return Answer.Page(found.Results, found.Total, LogJson.Write);
    }
}
