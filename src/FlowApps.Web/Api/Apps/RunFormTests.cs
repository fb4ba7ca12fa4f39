using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Apps;

/// <summary>Runs the tests of a form, sent as YAML, against the stored flow and app: <c>{passed, failed, cases: [{name, passed, differences}]}</c>. Nothing is started.</summary>
public sealed class RunFormTests : IApi
{
    public void Map(IEndpointRouteBuilder api) => api.MapPost("/apps/tests/run", HandleAsync).RequirePermission(Permission.ReadFlows).WithName("runFormTests");

    private static async Task<IResult> HandleAsync(HttpRequest request, IFormTests tests, CancellationToken cancellation)
    {
        var reading = tests.Read(await request.ReadTextAsync());
        var results = await tests.RunAsync(reading.Suite ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems), cancellation);
        return Answer.Json(new { passed = results.Count(result => result.Passed), failed = results.Count(result => !result.Passed), cases = results.Select(result => new { result.Name, result.Passed, result.Differences }) });
    }
}
