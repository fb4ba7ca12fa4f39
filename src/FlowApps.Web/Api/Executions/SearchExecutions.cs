using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Finds executions, newest first unless sorted otherwise. Rows are whole executions, as Kestra's are.</summary>
public sealed class SearchExecutions : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/executions/search", HandleAsync).RequirePermission(Permission.ReadExecutions).WithName("searchExecutions");
        api.MapGet("/executions", HandleAsync).RequirePermission(Permission.ReadExecutions).WithName("searchExecutionsByFlowId");
    }

    private static async Task<IResult> HandleAsync(
        HttpRequest request, [AsParameters] Paging paging, IExecutionStore store, IExecutions executions, TimeProvider clock, CancellationToken cancellation)
    {
        var query = ExecutionFilters.Query(SearchFilters.Of(request), clock);
        var found = await store.SearchAsync(query, paging.Request, cancellation);
        var rows = await Task.WhenAll(found.Results.Select(row => executions.FindAsync(row.Id, cancellation)));
        return Answer.Page(rows.Where(row => row is not null).Select(row => row!.Value.Execution), found.Total, ExecutionJson.Write);
    }
}
