using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.FlowTests;

/// <summary>Runs tests of flows, answering when they are over, and shows what came of earlier runs (kept for 30 days).</summary>
public sealed class RunFlowTests : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/tests/{namespace}/{id}/run", RunAsync).RequirePermission(Permission.RunExecutions).WithName("runTestSuite");
        api.MapPost("/tests/run", RunManyAsync).RequirePermission(Permission.RunExecutions).WithName("runTestSuitesByQuery");
        api.MapGet("/tests/results/search", SearchAsync).RequirePermission(Permission.ReadFlows).WithName("searchTestSuitesResults");
        api.MapGet("/tests/results/{id}", GetAsync).RequirePermission(Permission.ReadFlows).WithName("testResult");
        api.MapPost("/tests/results/search/last", LastAsync).RequirePermission(Permission.ReadFlows).WithName("testsLastResult");
    }

    private static async Task<IResult> RunAsync(string @namespace, string id, HttpRequest request, ApiCall call, IFlowTests tests, CancellationToken cancellation)
    {
        var wanted = await request.ReadDataAsync() is IReadOnlyDictionary<string, object?> body && body.GetValueOrDefault("testCases") is IReadOnlyList<object?> cases ? cases.OfType<string>().ToList() : [];
        return Answer.Json(await RunStoredAsync(await ReadFlowTests.StoredAsync(tests, @namespace, id, cancellation), wanted, call, tests, cancellation));
    }

    private static async Task<IResult> RunManyAsync(HttpRequest request, ApiCall call, IFlowTests tests, CancellationToken cancellation)
    {
        var query = await request.ReadJsonAsync<Wanted>();
        var results = new List<FlowTestRun>();
        foreach (var stored in (await tests.SearchAsync(new FlowTestQuery(query.Namespace, query.IncludeChildNamespaces ?? true, query.FlowId), new PageRequest(1, 1000), cancellation)).Results)
            results.Add(await RunStoredAsync(stored, [], call, tests, cancellation));
        return Answer.Json(new
        {
            results,
            numberOfTestSuitesToBeRun = results.Count,
            numberOfTestCasesToBeRun = results.Sum(run => run.Results.Count),
        });
    }

    private static async Task<IResult> SearchAsync(string? @namespace, string? flowId, string? testSuiteId, bool? includeChildNamespaces, [AsParameters] Paging paging, IFlowTests tests, CancellationToken cancellation)
    {
        var found = await tests.RunsAsync(new FlowTestQuery(@namespace, includeChildNamespaces ?? true, flowId, testSuiteId), paging.Request, cancellation);
        return Answer.Json(new { found.Results, found.Total });
    }

    private static async Task<IResult> GetAsync(string id, IFlowTests tests, CancellationToken cancellation) =>
        Answer.Json(await tests.FindRunAsync(id, cancellation) ?? throw RefusedException.NotFound($"There is no run {id} of tests, or it is older than 30 days."));

    private static async Task<IResult> LastAsync(HttpRequest request, IFlowTests tests, CancellationToken cancellation)
    {
        var results = new List<FlowTestRun>();
        foreach (var suite in (await request.ReadJsonAsync<Latest>()).TestSuiteIds ?? [])
            results.AddRange((await tests.RunsAsync(new FlowTestQuery(suite?.Namespace, Below: false, null, suite?.Id ?? ""), new PageRequest(1, 1), cancellation)).Results);
        return Answer.Json(new { results });
    }

    private static Task<FlowTestRun> RunStoredAsync(FlowTestRevision stored, IReadOnlyCollection<string> cases, ApiCall call, IFlowTests tests, CancellationToken cancellation)
    {
        var reading = tests.Read(stored.Source);
        return tests.RunAsync(reading.Suite ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems), cases, call.By, cancellation);
    }

    /// <summary>Which suites to run.</summary>
    public sealed record Wanted(string? Namespace, string? FlowId, bool? IncludeChildNamespaces);

    /// <summary>Whose last runs: <c>{testSuiteIds: [{namespace, id}]}</c>.</summary>
    public sealed record Latest(List<SuiteName?>? TestSuiteIds);
}
