using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Adds labels to an ended execution, or gives those it has other values.</summary>
public sealed class SetLabels : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/labels", HandleAsync).RequirePermission(Permission.RunExecutions).AddEndpointFilter<ConflictIsInvalid>().WithName("setLabelsOnTerminatedExecution");
        api.MapPost("/executions/labels/by-ids", ByIdsAsync).RequirePermission(Permission.RunExecutions).WithName("setLabelsOnTerminatedExecutionsByIds");
        api.MapPost("/executions/labels/by-query", ByQueryAsync).RequirePermission(Permission.RunExecutions).WithName("setLabelsOnTerminatedExecutionsByQuery");
    }

    private static async Task<IResult> HandleAsync(string executionId, HttpRequest request, ApiCall call, IExecutions executions, CancellationToken cancellation) =>
        ExecutionJson.Answer(await executions.SetLabelsAsync(executionId, Checked(await request.ReadJsonAsync<List<Label>>()), call.Asker, cancellation));

    private static async Task<IResult> ByIdsAsync(HttpRequest request, ApiCall call, IExecutions executions, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync<ByIdsRequest>();
        return await ApplyAsync((wanted.ExecutionsId ?? []).OfType<string>().ToList(), Checked((wanted.ExecutionLabels ?? []).OfType<Label>().ToList()), call, executions, cancellation);
    }

    private static async Task<IResult> ByQueryAsync(HttpRequest request, ApiCall call, IExecutions executions, IExecutionStore store, TimeProvider clock, CancellationToken cancellation)
    {
        var labels = Checked(await request.ReadJsonAsync<List<Label>>());
        var found = await store.SearchAsync(ExecutionFilters.Query(SearchFilters.Of(request), clock), new PageRequest(1, 1000), cancellation);
        return await ApplyAsync(found.Results.Select(row => row.Id).ToList(), labels, call, executions, cancellation);
    }

    private static async Task<IResult> ApplyAsync(IReadOnlyList<string> ids, IReadOnlyList<Label> labels, ApiCall call, IExecutions executions, CancellationToken cancellation)
    {
        var problems = new List<Problem>();
        foreach (var id in ids)
        {
            if (await executions.FindAsync(id, cancellation) is not { } found) problems.Add(new Problem("not_found", $"Execution '{id}' not found.", id));
            else if (Bulk.Terminated(found.Execution) is { } why) problems.Add(new Problem("wrong_state", $"Execution '{id}' cannot be labelled: {why}.", id));
        }
        if (problems.Count > 0) return new Problems.ProblemDocument(StatusCodes.Status400BadRequest, problems);
        foreach (var id in ids) await executions.SetLabelsAsync(id, labels, call.AskerFor(id), cancellation);
        return Answer.Count(ids.Count);
    }

    private static List<Label> Checked(List<Label> labels)
    {
        foreach (var label in labels)
        {
            if (string.IsNullOrEmpty(label.Key) || string.IsNullOrEmpty(label.Value)) throw RefusedException.Invalid("invalid_label", "A label has a key and a value.");
            if (label.Key.StartsWith("system.", StringComparison.Ordinal))
                throw RefusedException.Invalid("system_label", $"System labels can only be set by Kestra itself, offending label: {label.Key}={label.Value}");
        }
        return labels;
    }

    public sealed record ByIdsRequest(List<string?>? ExecutionsId, List<Label?>? ExecutionLabels);
}
