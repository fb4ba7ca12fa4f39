using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.FlowTests;

/// <summary>Tests of flows: search, one with its last run, its revisions, and what is wrong with a text.</summary>
public sealed class ReadFlowTests : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/tests/search", SearchAsync).RequirePermission(Permission.ReadFlows).WithName("searchTestSuites");
        api.MapPost("/tests/validate", ValidateAsync).RequirePermission(Permission.ReadFlows).WithName("validateTestSuite");
        api.MapGet("/tests/{namespace}/{id}", GetAsync).RequirePermission(Permission.ReadFlows).WithName("testSuite");
        api.MapGet("/tests/{namespace}/{id}/revisions", RevisionsAsync).RequirePermission(Permission.ReadFlows).WithName("listTestSuiteRevisions");
    }

    /// <summary>Errors: NotFound.</summary>
    public static async Task<FlowTestRevision> StoredAsync(IFlowTests tests, string ns, string id, CancellationToken cancellation) =>
        await tests.FindAsync(ns, id, null, cancellation) ?? throw RefusedException.NotFound($"There are no tests {ns}.{id}.");

    private static async Task<IResult> SearchAsync(string? @namespace, string? flowId, bool? includeChildNamespaces, [AsParameters] Paging paging, IFlowTests tests, CancellationToken cancellation)
    {
        var found = await tests.SearchAsync(new FlowTestQuery(@namespace, includeChildNamespaces ?? true, flowId), paging.Request, cancellation);
        return Answer.Json(new { results = found.Results.Select(stored => FlowTestJson.Of(stored, tests)), found.Total });
    }

    private static async Task<IResult> GetAsync(string @namespace, string id, int? revision, IFlowTests tests, CancellationToken cancellation)
    {
        var stored = revision is null ? await StoredAsync(tests, @namespace, id, cancellation)
            : await tests.FindAsync(@namespace, id, revision, cancellation) ?? throw RefusedException.NotFound($"There is no revision {revision} of the tests {@namespace}.{id}.");
        var last = await tests.RunsAsync(new FlowTestQuery(@namespace, Below: false, stored.FlowId, id), new PageRequest(1, 1), cancellation);
        return Answer.Json(FlowTestJson.Of(stored, tests, last.Results is [var run] ? run : null));
    }

    private static async Task<IResult> RevisionsAsync(string @namespace, string id, IFlowTests tests, CancellationToken cancellation)
    {
        await StoredAsync(tests, @namespace, id, cancellation);
        return Answer.Json(await tests.RevisionsAsync(@namespace, id, cancellation));
    }

    private static async Task<IResult> ValidateAsync(HttpRequest request, IFlowTests tests)
    {
        var reading = tests.Read(await request.ReadTextAsync());
        return Answer.Json(new
        {
            Constraints = reading.Problems.Count == 0 ? null : string.Join("\n", reading.Problems),
            reading.Problems,
            DeprecationPaths = Array.Empty<string>(),
            Warnings = Array.Empty<string>(),
            Infos = Array.Empty<string>(),
        });
    }
}
