using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>
/// Answers a paused execution with the inputs that its Pause asks for (a form). <c>If-Match</c> with the ETag of the execution that was seen makes sure that nothing
/// changed in between; of several answers exactly one wins, the others get 409.
/// </summary>
public sealed class ResumeExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{executionId}/resume", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("resumeExecution");
        api.MapPost("/executions/{executionId}/resume/validate", ValidateAsync).RequirePermission(Permission.RunExecutions).WithName("validateResumeExecutionInputs");
        api.MapBulk(HttpMethods.Post, "resume", "resumeExecutions", Permission.RunExecutions, Bulk.In(State.Paused), (http, execution, asker) =>
            http.RequestServices.GetRequiredService<IExecutions>().ResumeAsync(execution.Id, null, Domain.Values.Data.Map(), Approved, null, null, asker, http.RequestAborted));
    }

    private const string Approved = "approved";

    private static async Task<IResult> HandleAsync(
        string executionId, string? taskRunId, string? outcome, string? comment, HttpRequest request, ApiCall call, IExecutions executions, IFileStore files, CancellationToken cancellation)
    {
        var inputs = await ReadAsync(executionId, taskRunId, request, executions, files, cancellation);
        await executions.ResumeAsync(executionId, taskRunId, inputs, outcome ?? Approved, comment, ExpectedVersion(request), call.Asker, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> ValidateAsync(string executionId, string? taskRunId, HttpRequest request, IExecutions executions, CancellationToken cancellation)
    {
        var inputs = await ReadAsync(executionId, taskRunId, request, executions, files: null, cancellation);
        var resolved = await executions.ResolveResumeInputsAsync(executionId, taskRunId, inputs, cancellation);
        var execution = await executions.GetAsync(executionId, cancellation);
        return ResolvedInputJson.Answer(execution.Id, execution.Namespace, new ResolvedForm(resolved, []));
    }

    private static async Task<IReadOnlyDictionary<string, object?>> ReadAsync(
        string executionId, string? taskRunId, HttpRequest request, IExecutions executions, IFileStore? files, CancellationToken cancellation)
    {
        var execution = await executions.GetAsync(executionId, cancellation);
        if (request.ContentType is null) return Domain.Values.Data.Map();
        IReadOnlyList<InputDefinition> asked = execution.State.Current == State.Paused
            ? (await executions.ResolveResumeInputsAsync(executionId, taskRunId, Domain.Values.Data.Map(), cancellation)).Select(r => r.Input).ToList()
            : [];
        var folder = executions.NewId();
        return await new InputForm(asked, (input, name) => FilePaths.Input(execution.Namespace, execution.FlowId, execution.Id, $"{folder}/{input}", name)).ReadAsync(request, files, cancellation);
    }

    private static long? ExpectedVersion(HttpRequest request) =>
        long.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var version) ? version : null;
}
