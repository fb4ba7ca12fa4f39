using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Opens cases and takes decisions. A decision is a POST, carries what was seen, and exactly one wins; everybody else reads who was first.</summary>
public sealed class CaseDesk(RequestDesk requests, IExecutions executions, IWaitStore waits, UploadDesk uploads, Reader reader, ReaderZone zone)
{
    private const string CommentField = "comment";
    private const string VersionField = "version";

    /// <summary>Errors: NotFound.</summary>
    public async Task<Case> OpenAsync(string executionId, string taskRunId, CancellationToken cancellation)
    {
        var request = await requests.OpenAsync(executionId, cancellation);
        var wait = await waits.FindAsync(executionId, taskRunId, cancellation) ?? throw RefusedException.NotFound("Nobody is asked about this any more.");
        var inputs = wait.Decision is null ? await executions.ResolveResumeInputsAsync(executionId, taskRunId, Data.Map(), cancellation) : [];
        return new Case(request, wait, inputs) { MayDecide = wait.Decision is null && requests.MayDecide(wait) };
    }

    /// <summary>The form after a change: fields come and go as one answers.</summary>
    public async Task<Case> ChangeAsync(string executionId, string taskRunId, IFormCollection form, CancellationToken cancellation)
    {
        var found = await OpenAsync(executionId, taskRunId, cancellation);
        var touched = form["touched"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await ReadAsync(found, form, cancellation) with { Touched = touched };
    }

    /// <summary>Takes a decision: null when it was taken, else the case again with everything that was typed.</summary>
    public async Task<Case?> DecideAsync(string executionId, string taskRunId, IFormCollection form, CancellationToken cancellation)
    {
        var outcome = form["outcome"].ToString();
        var found = await ReadAsync(await OpenAsync(executionId, taskRunId, cancellation), form, cancellation) with { Touched = null };
        if (found.Wait.Decision is { } first) return IsOwnRepeat(first, outcome) ? null : found with { Refusal = TooLate(found, first) };
        if (!found.MayDecide) throw new RefusedException(RefusalKind.Forbidden, "not_yours_to_decide", found.Wait.Requester == reader.Name ? "You asked for this, so somebody else decides." : "Others were asked to decide this.");
        if (outcome is not (DecisionWords.Approved or DecisionWords.Rejected)) return found with { Refusal = "Nothing was decided. Choose one of the buttons below." };
        if (outcome == DecisionWords.Rejected && string.IsNullOrWhiteSpace(found.Comment)) return found with { CommentError = "Say why. The person who asked reads it." };
        if (outcome == DecisionWords.Approved && found.HasWrong) return found with { Refusal = "Some answers need a look before this can be sent." };
        try
        {
            var version = long.TryParse(form[VersionField], out var seen) ? seen : (long?)null;
            var given = outcome == DecisionWords.Approved ? await GivenAsync(found, cancellation) : Data.Map();
            var key = form[FormTokens.IdempotencyField].ToString();
            await executions.ResumeAsync(executionId, taskRunId, given, outcome, found.Comment, version, new Asker(reader.Name, key.Length == 0 ? null : $"decide/{reader.Name}/{key}"), cancellation);
            return null;
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Conflict or RefusalKind.Invalid)
        {
            var now = await ReadAsync(await OpenAsync(executionId, taskRunId, cancellation), form, cancellation) with { Touched = null };
            if (now.Wait.Decision is { } decided) return IsOwnRepeat(decided, outcome) ? null : now with { Refusal = TooLate(now, decided) };
            return now with { Refusal = refused.Kind == RefusalKind.Conflict ? "Something changed while you looked at it. Look again, then decide; what you typed is still here." : refused.Problems[0].Message };
        }
    }

    private bool IsOwnRepeat(WaitDecision decision, string outcome) => decision.By == reader.Name && decision.Outcome == outcome;

    private static string TooLate(Case found, WaitDecision decision) => $"{found.Request.Who(decision.By)} was first: {DecisionWords.Of(decision).ToLowerInvariant()}. Your answer was not needed and nothing was changed.";

    private async Task<Case> ReadAsync(Case found, IFormCollection form, CancellationToken cancellation)
    {
        var definitions = found.Inputs.Select(input => input.Input).ToList();
        var entries = InputEntries.Read(form, definitions);
        foreach (var input in definitions.Where(input => input.Type == InputType.File))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file)
                entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
        var given = InputEntries.Given(entries, definitions, zone.Zone);
        foreach (var input in definitions.Where(input => input.Type == InputType.File && given.ContainsKey(input.Id)))
            given[input.Id] = await uploads.FindAsync((string)given[input.Id]!, cancellation) is { } upload ? FilePaths.Uri($"{upload.Path}/{upload.Name}") : null;
        var resolved = found.Wait.Decision is null ? await executions.ResolveResumeInputsAsync(found.Request.Id, found.Wait.TaskRunId, given, cancellation) : found.Inputs;
        return found with { Inputs = resolved, Entries = entries, Comment = form[CommentField].ToString() is { Length: > 0 } comment ? comment : null };
    }

    private async Task<IReadOnlyDictionary<string, object?>> GivenAsync(Case found, CancellationToken cancellation)
    {
        var definitions = found.Inputs.Where(input => input.Enabled).Select(input => input.Input).ToList();
        var given = InputEntries.Given(found.Entries, definitions, zone.Zone);
        var execution = found.Request.Execution;
        foreach (var input in definitions.Where(input => input.Type == InputType.File))
            if (given.TryGetValue(input.Id, out var id))
                given[input.Id] = await uploads.PlaceAsync((string)id!, reader.Name, name => FilePaths.Input(execution.Namespace, execution.FlowId, execution.Id, $"{found.Wait.TaskId}-{input.Id}", name), cancellation);
        return given;
    }
}
