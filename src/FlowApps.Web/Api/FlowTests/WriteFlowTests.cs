using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using FlowApps.Yaml.Flows;

namespace FlowApps.Web.Api.FlowTests;

/// <summary>Creates, updates, deletes, enables and disables tests of flows from YAML; <c>If-Match</c> with a revision refuses to save over a newer one.</summary>
public sealed class WriteFlowTests : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/tests", CreateAsync).RequirePermission(Permission.WriteFlows).WithName("createTestSuite");
        api.MapPut("/tests/{namespace}/{id}", UpdateAsync).RequirePermission(Permission.WriteFlows).WithName("updateTestSuite");
        api.MapDelete("/tests/{namespace}/{id}", DeleteAsync).RequirePermission(Permission.WriteFlows).WithName("deleteTestSuite");
        Many(api, HttpMethods.Delete, "/tests/by-ids", "deleteTestSuitesByIds", (tests, stored, _, stop) => tests.DeleteAsync(stored.Namespace, stored.Id, stop));
        Many(api, HttpMethods.Post, "/tests/enable/by-ids", "enableTestSuitesByIds", (tests, stored, by, stop) => SwitchAsync(tests, stored, false, by, stop));
        Many(api, HttpMethods.Post, "/tests/disable/by-ids", "disableTestSuitesByIds", (tests, stored, by, stop) => SwitchAsync(tests, stored, true, by, stop));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ApiCall call, IFlowTests tests, CancellationToken cancellation)
    {
        var source = await request.ReadTextAsync();
        if (tests.Read(source).Suite is { } suite && await tests.FindAsync(suite.Namespace, suite.Id, null, cancellation) is not null)
            throw RefusedException.Conflict("tests_exist", $"There are tests '{suite.Id}' in the namespace '{suite.Namespace}' already.");
        return Answer.Json(FlowTestJson.Of(await tests.SaveAsync(source, call.By, 0, cancellation), tests));
    }

    private static async Task<IResult> UpdateAsync(string @namespace, string id, HttpRequest request, ApiCall call, IFlowTests tests, CancellationToken cancellation)
    {
        await ReadFlowTests.StoredAsync(tests, @namespace, id, cancellation);
        var source = await request.ReadTextAsync();
        if (tests.Read(source).Suite is { } suite && (suite.Namespace, suite.Id) != (@namespace, id)) throw RefusedException.Invalid("name_changed", "The id and the namespace of tests cannot change.");
        int? expected = int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var revision) ? revision : null;
        return Answer.Json(FlowTestJson.Of(await tests.SaveAsync(source, call.By, expected, cancellation), tests));
    }

    private static async Task<IResult> DeleteAsync(string @namespace, string id, IFlowTests tests, CancellationToken cancellation)
    {
        await tests.DeleteAsync(@namespace, id, cancellation);
        return Results.NoContent();
    }

    private static Task SwitchAsync(IFlowTests tests, FlowTestRevision stored, bool disabled, string? by, CancellationToken cancellation) =>
        tests.SaveAsync(FlowSource.WithDisabled(stored.Source, disabled), by, stored.Revision, cancellation);

    private static void Many(IEndpointRouteBuilder api, string method, string path, string name, Func<IFlowTests, FlowTestRevision, string?, CancellationToken, Task> actAsync) =>
        api.MapMethods(path, [method], async (HttpRequest request, ApiCall call, IFlowTests tests, CancellationToken cancellation) =>
        {
            var stored = new List<FlowTestRevision>();
            foreach (var suite in (await request.ReadJsonAsync<Named>()).Ids ?? []) stored.Add(await ReadFlowTests.StoredAsync(tests, suite?.Namespace ?? "", suite?.Id ?? "", cancellation));
            foreach (var suite in stored) await actAsync(tests, suite, call.By, cancellation);
            return Answer.Count(stored.Count);
        }).RequirePermission(Permission.WriteFlows).WithName(name);

    /// <summary><c>{ids: [{namespace, id}]}</c>.</summary>
    public sealed record Named(List<SuiteName?>? Ids);
}
