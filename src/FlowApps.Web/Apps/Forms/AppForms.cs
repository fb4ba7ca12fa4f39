using System.Globalization;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Drafts;
using FlowApps.Web.Apps.Wording;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Forms;

/// <summary>Opens, resolves and sends app forms. The server decides which fields there are and what is wrong; the browser only shows it.</summary>
public sealed class AppForms(IFlows flows, IExecutions executions, DraftDesk drafts, UploadDesk uploads, Reader reader, ReaderZone zone, ReaderLanguage language)
{
    private const string TouchedField = "touched";
    private const string StepField = "step";
    private const string FieldField = "field";

    /// <summary>The form as the reader left it, or prefilled from <paramref name="prefill"/> (query parameters, a past request).</summary>
    public async Task<AppForm> OpenAsync(App app, IReadOnlyDictionary<string, object?> prefill, CancellationToken cancellation)
    {
        var flow = await FlowAsync(app, cancellation);
        var last = await drafts.LastAsync(app, cancellation);
        var known = InputEntries.Flatten(flow.Inputs).Select(input => input.Id).ToHashSet(StringComparer.Ordinal);
        var draft = last is { IsSent: true } || prefill.Keys.Any(known.Contains) ? null : last;
        var entries = Data.Map();
        foreach (var (id, entry) in draft?.Entries ?? prefill)
            if (known.Contains(id)) entries[id] = entry;
        var form = await ResolveAsync(app, flow, entries, cancellation);
        return form.Kept(last) with { Touched = (draft?.Touched ?? []).ToHashSet(StringComparer.Ordinal), SavedAt = draft?.SavedAt, StepId = draft?.Step, Field = draft?.Field };
    }

    /// <summary>The form after a change: fields come and go, touched ones say what is wrong, and the draft is saved.</summary>
    public async Task<AppForm> ChangeAsync(App app, IFormCollection form, CancellationToken cancellation)
    {
        var (flow, entries) = await ReadAsync(app, form, cancellation);
        // Kept while it is resolved: choices may take their time, and what was typed does not wait for them.
        var saving = SaveAsync(app, entries, TouchedOf(form), form, step: null, cancellation);
        var now = await ResolveAsync(app, flow, entries, form, cancellation);
        return now.Kept(await saving);
    }

    /// <summary>
    /// Goes to another step. <paramref name="then"/>: <c>continue</c> (refused while something in this step is wrong), <c>back</c>, or <c>step:</c> and the id of one.
    /// </summary>
    public async Task<AppForm> StepAsync(App app, IFormCollection form, string then, CancellationToken cancellation)
    {
        var (flow, entries) = await ReadAsync(app, form, cancellation);
        var now = await ResolveAsync(app, flow, entries, form, cancellation);
        if (then == "continue" && !now.IsReview && now.Steps[now.At] is { IsWrong: true } wrong)
            return await RefuseAsync(app, now with { Touched = now.Touched!.Concat(wrong.Inputs.Select(input => input.Input.Id)).ToHashSet(StringComparer.Ordinal) }, form, step: null, cancellation);
        var next = then switch
        {
            "continue" => now.StepAt(now.At + 1),
            "back" => now.StepAt(now.At - 1),
            ['s', 't', 'e', 'p', ':', .. var id] => id,
            _ => now.StepAt(now.At),
        };
        return (now with { StepId = next }).Kept(await SaveAsync(app, entries, [.. now.Touched!], form, next, cancellation));
    }

    /// <summary>Sends the form: the new request, or the form again with every entry kept and all errors shown.</summary>
    public async Task<(Execution? Request, AppForm? Refused)> SendAsync(App app, IFormCollection form, CancellationToken cancellation)
    {
        var (flow, entries) = await ReadAsync(app, form, cancellation);
        var key = form[FormTokens.IdempotencyField].ToString();
        var resolved = await ResolveAsync(app, flow, entries, form, cancellation) with { Touched = null };
        if (resolved.Wrong.Any())
        {
            resolved = resolved with { StepId = resolved.Steps.FirstOrDefault(step => step.IsWrong)?.Id };
            return (null, await RefuseAsync(app, resolved, form, resolved.StepId, cancellation));
        }
        if (resolved.Resolved.IsBlocked) return (null, await RefuseAsync(app, resolved, form, resolved.StepId, cancellation));
        try
        {
            var id = executions.NewId();
            var given = await GivenAsync(app, flow, resolved, id, cancellation);
            var request = await executions.StartAsync(new StartExecution(app.Flow, given)
            {
                Id = id,
                Revision = app.FlowRevision,
                By = reader.IsSignedIn ? reader.Name : null,
                SystemLabels = [new Label("system.app", app.Id)],
                IdempotencyKey = key.Length == 0 ? null : $"app/{reader.Name}/{key}",
            }, cancellation);
            await drafts.CloseAsync(app, PageOf(form), cancellation);
            return (request, null);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.TooLarge)
        {
            return (null, await RefuseAsync(app, resolved with { Refusals = refused.Problems.Select(problem => problem.Message).ToList() }, form, resolved.StepId, cancellation));
        }
    }

    private async Task<AppForm> RefuseAsync(App app, AppForm refused, IFormCollection form, string? step, CancellationToken cancellation)
    {
        var touched = refused.Touched ?? refused.Inputs.Select(input => input.Input.Id).ToHashSet(StringComparer.Ordinal);
        return refused.Kept(await SaveAsync(app, refused.Entries, [.. touched], form, step, cancellation)) with { IsRefused = true };
    }

    private async Task<(Flow Flow, OrderedDictionary<string, object?> Entries)> ReadAsync(App app, IFormCollection form, CancellationToken cancellation)
    {
        var flow = await FlowAsync(app, cancellation);
        var entries = InputEntries.Read(form, flow.Inputs);
        await KeepFilesAsync(flow, form, entries, cancellation);
        return (flow, entries);
    }

    private async Task<AppForm> ResolveAsync(App app, Flow flow, OrderedDictionary<string, object?> entries, IFormCollection form, CancellationToken cancellation) =>
        await ResolveAsync(app, flow, entries, cancellation) with { Touched = TouchedOf(form), Key = form[FormTokens.IdempotencyField], StepId = form[StepField] };

    private Task<Draft?> SaveAsync(App app, IReadOnlyDictionary<string, object?> entries, IReadOnlyCollection<string> touched, IFormCollection form, string? step, CancellationToken cancellation) =>
        drafts.SaveAsync(app, new DraftChange(entries, touched)
        {
            Page = PageOf(form),
            Turn = long.TryParse(form[DraftChange.TurnField], NumberStyles.None, CultureInfo.InvariantCulture, out var turn) ? turn : null,
            Step = step,
            Field = form[FieldField].ToString() is { Length: > 0 and < 200 } field ? field : null,
        }, cancellation);

    private static string? PageOf(IFormCollection form) => form[DraftChange.PageField].ToString() is { Length: > 0 and < 64 } page ? page : null;

    private static HashSet<string> TouchedOf(IFormCollection form) =>
        form[TouchedField].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);

    private async Task<Flow> FlowAsync(App app, CancellationToken cancellation) =>
        await flows.FindAsync(app.Flow, app.FlowRevision, cancellation) ?? throw RefusedException.NotFound("What this app works with is gone. Whoever looks after it has to mend it.");

    private async Task<AppForm> ResolveAsync(App app, Flow flow, OrderedDictionary<string, object?> entries, CancellationToken cancellation)
    {
        var given = InputEntries.Given(entries, flow.Inputs, zone.Zone);
        // While a form is filled, a file stands for itself; it is put in its place when the form is sent.
        foreach (var input in Files(flow))
            if (given.TryGetValue(input.Id, out var id))
            {
                if (await uploads.FindAsync((string)id!, cancellation) is { } upload) given[input.Id] = FilePaths.Uri($"{upload.Path}/{upload.Name}");
                else given.Remove(input.Id);
            }
        var wording = AppWording.Of(app, language.Wanted);
        var resolved = await executions.ResolveFormAsync(app.Flow, app.FlowRevision, given, cancellation);
        return new AppForm(wording.Of(app), wording.Of(flow), resolved with { Inputs = [.. resolved.Inputs.Select(wording.Of)] }) { Entries = entries, Wording = wording };
    }

    private async Task<IReadOnlyDictionary<string, object?>> GivenAsync(App app, Flow flow, AppForm form, string executionId, CancellationToken cancellation)
    {
        var given = InputEntries.Given(form.Entries, flow.Inputs, zone.Zone);
        var asked = form.Inputs.Where(input => input.Enabled).Select(input => input.Input.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var input in Files(flow))
        {
            if (!given.TryGetValue(input.Id, out var id)) continue;
            if (!asked.Contains(input.Id)) given.Remove(input.Id);
            else given[input.Id] = await uploads.PlaceAsync((string)id!, reader.Name, name => FilePaths.Input(app.Namespace, app.FlowId, executionId, input.Id, name), cancellation);
        }
        return given;
    }

    /// <summary>Without a script a file comes with the form; from then on it is an upload like any other, so that a refused form keeps it.</summary>
    private async Task KeepFilesAsync(Flow flow, IFormCollection form, OrderedDictionary<string, object?> entries, CancellationToken cancellation)
    {
        foreach (var input in Files(flow))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file)
                entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
    }

    private static IEnumerable<InputDefinition> Files(Flow flow) => InputEntries.Flatten(flow.Inputs).Where(input => input.Type == InputType.File);
}
