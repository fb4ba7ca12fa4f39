using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>
/// One operation on many executions: <c>by-ids</c> (a JSON list of ids) and <c>by-query</c> (the conditions of a search). All are checked first; if one cannot be done, the answer is
/// 400 with the list of those and nothing is done.
/// </summary>
public static class Bulk
{
    private const int Most = 10_000;

    /// <summary>Maps both. <paramref name="allowed"/> says why the operation cannot be done on an execution, or null.</summary>
    public static void MapBulk(
        this IEndpointRouteBuilder api, string method, string operation, string name, Permission permission,
        Func<Execution, string?> allowed, Func<HttpContext, Execution, Asker, Task> actAsync)
    {
        var prefix = operation.Length == 0 ? "/executions" : $"/executions/{operation}";
        api.MapMethods($"{prefix}/by-ids", [method], async (HttpContext http, ApiCall call, IExecutions executions) =>
            await RunAsync(http, call, executions, operation, await IdsAsync(http.Request), allowed, actAsync)).RequirePermission(permission).WithName($"{name}ByIds");
        api.MapMethods($"{prefix}/by-query", [method], async (HttpContext http, ApiCall call, IExecutions executions, IExecutionStore store, TimeProvider clock) =>
            await RunAsync(http, call, executions, operation, await IdsAsync(http.Request, store, clock), allowed, actAsync)).RequirePermission(permission).WithName($"{name}ByQuery");
    }

    public static string? Terminated(Execution execution) =>
        execution.State.Current.IsTerminal ? null : $"it has not ended, it is {execution.State.Current.Word}";

    public static string? NotTerminated(Execution execution) =>
        execution.State.Current.IsTerminal ? $"it has ended already, it is {execution.State.Current.Word}" : null;

    public static Func<Execution, string?> In(params State[] states) =>
        execution => states.Contains(execution.State.Current) ? null : $"it is {execution.State.Current.Word}, not {string.Join(" or ", states.Select(s => s.Word))}";

    public static string? Any(Execution execution) => null;

    private static async Task<IResult> RunAsync(
        HttpContext http, ApiCall call, IExecutions executions, string operation, IReadOnlyList<string> ids,
        Func<Execution, string?> allowed, Func<HttpContext, Execution, Asker, Task> actAsync)
    {
        var chosen = new List<Execution>();
        var problems = new List<Problem>();
        foreach (var id in ids)
        {
            if (await executions.FindAsync(id, http.RequestAborted) is not { } found) problems.Add(new Problem("not_found", $"Execution '{id}' not found.", id));
            else if (allowed(found.Execution) is { } why) problems.Add(new Problem("wrong_state", $"Execution '{id}' cannot be changed: {why}.", id));
            else chosen.Add(found.Execution);
        }
        if (problems.Count > 0) return Refused(operation, problems);
        foreach (var execution in chosen)
        {
            try
            {
                await actAsync(http, execution, call.AskerFor(execution.Id));
            }
            catch (RefusedException refused)
            {
                problems.AddRange(refused.Problems.Select(p => p with { Path = execution.Id }));
            }
        }
        return problems.Count > 0 ? Refused(operation, problems) : Answer.Count(chosen.Count);
    }

    private static IResult Refused(string operation, IReadOnlyList<Problem> problems) =>
        new Problems.ProblemDocument(StatusCodes.Status400BadRequest, problems.Prepend(new Problem("invalid_bulk", $"Invalid bulk {(operation.Length == 0 ? "delete" : operation)}: {problems.Count} cannot be done.")).ToList());

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpRequest request) => await request.ReadDataAsync() switch
    {
        IReadOnlyList<object?> list when list.All(item => item is string) => Limited(list.Cast<string>().Distinct(StringComparer.Ordinal).ToList()),
        IReadOnlyDictionary<string, object?> map when map.GetValueOrDefault("executionsId") is IReadOnlyList<object?> list => Limited(list.OfType<string>().Distinct(StringComparer.Ordinal).ToList()),
        _ => throw RefusedException.Invalid("ids_missing", "The body is a JSON list of execution ids."),
    };

    private static async Task<IReadOnlyList<string>> IdsAsync(HttpRequest request, IExecutionStore store, TimeProvider clock)
    {
        var query = ExecutionFilters.Query(await SearchFilters.WithBodyAsync(request), clock);
        var ids = new List<string>();
        for (var page = 1; ; page++)
        {
            var found = await store.SearchAsync(query, new PageRequest(page, 1000), request.HttpContext.RequestAborted);
            ids.AddRange(found.Results.Select(row => row.Id));
            if (found.Results.Count < 1000) return Limited(ids);
        }
    }

    private static List<string> Limited(List<string> ids) => ids.Count <= Most
        ? ids
        : throw new RefusedException(RefusalKind.TooLarge, "too_many", $"One call changes at most {Most} executions; narrow the search.");
}
