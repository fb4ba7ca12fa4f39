using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace FlowApps.Web.Api.Executions;

/// <summary>Starts an execution; with <c>wait=true</c> the answer comes when it has ended.</summary>
public sealed class CreateExecution : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/executions/{namespace}/{id}", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("createExecution");
        api.MapPost("/executions/trigger/{namespace}/{id}", HandleAsync).RequirePermission(Permission.RunExecutions).WithName("triggerExecution");
    }

    private static async Task<IResult> HandleAsync(
        string @namespace, string id, HttpRequest request, ApiCall call, IFlows flows, IExecutions executions, IFileStore files,
        bool? wait, int? revision, string? scheduleDate, string? breakpoints, string? kind, [FromQuery(Name = "labels")] string[]? labels, CancellationToken cancellation)
    {
        var key = new FlowId(@namespace, id);
        var given = QueryText.Labels("labels", labels);
        var flow = await flows.FindAsync(key, revision, cancellation) ?? throw FoundFlow.Missing(key, revision);
        var executionId = executions.NewId();
        var form = new InputForm(flow.Inputs, (input, name) => FilePaths.Input(@namespace, id, executionId, input, name));
        var start = new StartExecution(key, await form.ReadAsync(request, files, cancellation))
        {
            Id = executionId,
            Revision = revision,
            Labels = given,
            ScheduleDate = QueryText.Date("scheduleDate", scheduleDate),
            Breakpoints = breakpoints?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Kind = kind is null ? ExecutionKind.Normal : ReadKind(kind),
            By = call.By,
            IdempotencyKey = call.IdempotencyKey,
        };
        Execution execution;
        try
        {
            execution = await executions.StartAsync(start, cancellation);
            Fault.Point("submission-before-response");
        }
        catch (RefusedException)
        {
            await DropUploadsAsync(start, files);
            throw;
        }
        return ExecutionJson.Answer(wait == true ? await executions.WaitForEndAsync(execution.Id, cancellation) : AsAccepted.Created(execution));
    }

    /// <summary>Files of an execution that was not started belong to nobody.</summary>
    private static async Task DropUploadsAsync(StartExecution start, IFileStore files)
    {
        var folder = FilePaths.Execution(start.Flow.Namespace, start.Flow.Id, start.Id!);
        if (start.Inputs.Values.Any(value => value is string text && text.StartsWith(FilePaths.Uri(folder), StringComparison.Ordinal)))
            await files.DeleteAsync(folder, CancellationToken.None);
    }

    private static ExecutionKind ReadKind(string word) => Enum.TryParse<ExecutionKind>(word, ignoreCase: true, out var kind) && char.IsLetter(word[0])
        ? kind
        : throw RefusedException.Invalid("unknown_kind", $"'{word}' is not a kind of execution. The kinds are NORMAL, TEST, PLAYGROUND and LOOP.");
}
