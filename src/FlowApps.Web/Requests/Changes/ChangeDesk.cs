using FlowApps.Domain.Approvals;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Approvals;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests.Changes;

/// <summary>Lets the requester change what an approver asked to be changed, and sends it back to be decided anew.</summary>
public sealed class ChangeDesk(RequestDesk requests, IApprovals approvals, UploadDesk uploads, Voices voices, Reader reader, ReaderZone zone)
{
    /// <summary>Null when nobody asks for changes any more. Errors: NotFound; Forbidden for everybody but the requester.</summary>
    public async Task<ChangeForm?> OpenAsync(string id, string taskRunId, CancellationToken cancellation)
    {
        var request = await requests.OpenAsync(id, cancellation);
        if (!requests.IsMine(request.Execution)) throw new RefusedException(RefusalKind.Forbidden, "not_yours", "Only the person who sent a request can change it.");
        return request.Waits.FirstOrDefault(wait => wait.TaskRunId == taskRunId) is { Changes: not null, Decision: null } wait ? await ResolveAsync(new ChangeForm(request, wait, []), Data.Map(), cancellation) : null;
    }

    public async Task<ChangeForm?> ChangeAsync(string id, string taskRunId, IFormCollection form, CancellationToken cancellation)
    {
        var touched = form["touched"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await OpenAsync(id, taskRunId, cancellation) is { } opened ? await ReadAsync(opened, form, cancellation) with { Touched = touched } : null;
    }

    /// <summary>Null when it went back; else the form again with everything that was typed.</summary>
    public async Task<ChangeForm?> SendAsync(string id, string taskRunId, IFormCollection form, CancellationToken cancellation)
    {
        if (await OpenAsync(id, taskRunId, cancellation) is not { } opened) return null;
        var read = await ReadAsync(opened, form, cancellation) with { Touched = null };
        if (read.HasWrong) return read with { Refusal = "Some answers need a look." };
        try
        {
            var key = form[FormTokens.IdempotencyField].ToString();
            await approvals.EditAnswersAsync(id, taskRunId, await GivenAsync(read, place: true, cancellation), read.Comment, voices.Asker(key.Length == 0 ? null : $"changes/{reader.Name}/{key}"), cancellation);
            return null;
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            return read with { Refusal = refused.Problems[0].Message };
        }
    }

    private async Task<ChangeForm> ReadAsync(ChangeForm opened, IFormCollection form, CancellationToken cancellation)
    {
        var definitions = InputEntries.Flatten(opened.Request.Flow.Inputs).ToList();
        var entries = InputEntries.Read(form, definitions);
        foreach (var input in definitions.Where(input => input.Type == InputType.File))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file) entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
        var read = opened with { Entries = entries, Comment = form["comment"].ToString().Trim() is { Length: > 0 } comment ? comment : null };
        return await ResolveAsync(read, await GivenAsync(read, place: false, cancellation), cancellation);
    }

    /// <summary>What is shown: what was marked (all when nothing was), and what is asked for because of the new answers.</summary>
    private async Task<ChangeForm> ResolveAsync(ChangeForm form, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation)
    {
        var marked = form.Asked.Asks;
        var resolved = await approvals.ResolveAnswersAsync(form.Request.Id, given, cancellation);
        var answered = form.Request.Answers.Select(answer => answer.Id).ToHashSet(StringComparer.Ordinal);
        return form with
        {
            Inputs = [.. resolved.Where(input => input.Enabled && input.Input.Type != InputType.Form && (marked.Count == 0 || marked.ContainsKey(input.Input.Id) || !answered.Contains(input.Input.Id) && (input.Input.Required || form.Entries.ContainsKey(input.Input.Id))))
                .Select(input => marked.TryGetValue(input.Input.Id, out var words) ? input with { Input = input.Input with { Description = $"{form.Request.Who(form.Asked.By)}: “{words}”" } } : input)],
        };
    }

    /// <summary>What was typed; a field that was emptied is given as nothing, a file that was not sent again stays.</summary>
    private async Task<OrderedDictionary<string, object?>> GivenAsync(ChangeForm form, bool place, CancellationToken cancellation)
    {
        var definitions = InputEntries.Flatten(form.Request.Flow.Inputs).Where(input => form.Entries.ContainsKey(input.Id)).ToList();
        var typed = InputEntries.Given(form.Entries, definitions, zone.Zone);
        var execution = form.Request.Execution;
        foreach (var input in definitions)
        {
            if (input.Type != InputType.File) typed.TryAdd(input.Id, null);
            else if (typed.TryGetValue(input.Id, out var upload))
                typed[input.Id] = place
                    ? await uploads.PlaceAsync((string)upload!, reader.Name, name => FilePaths.Input(execution.Namespace, execution.FlowId, execution.Id, input.Id, name), cancellation)
                    : await uploads.FindAsync((string)upload!, cancellation) is { } found ? FilePaths.Uri($"{found.Path}/{found.Name}") : null;
        }
        return typed;
    }
}
