using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Security;

namespace FlowApps.Web.Executions;

/// <summary>Answers a paused task run from the developers' side, where it may be their own execution.</summary>
public sealed class ResumeForms(ExecutionDesk desk, IExecutions executions, UploadDesk uploads, Reader reader, ReaderZone zone)
{
    public async Task<ResumeForm> OpenAsync(string id, string? run, CancellationToken cancellation)
    {
        var view = await desk.OpenAsync(id, cancellation);
        var paused = run is null ? view.Paused.FirstOrDefault() : view.Execution.TaskRuns.Find(run);
        var inputs = paused is null || paused.State.Current != State.Paused ? [] : await executions.ResolveResumeInputsAsync(id, paused.Id, Data.Map(), cancellation);
        return new ResumeForm(view, paused, inputs);
    }

    public async Task<ResumeForm> ChangeAsync(string id, IFormCollection form, CancellationToken cancellation)
    {
        var touched = form["touched"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await ReadAsync(id, form, cancellation) with { Touched = touched };
    }

    /// <summary>Null when it goes on; else the form again.</summary>
    public async Task<ResumeForm?> ResumeAsync(string id, IFormCollection form, Asker asker, CancellationToken cancellation)
    {
        var read = await ReadAsync(id, form, cancellation) with { Touched = null };
        var rejected = form["outcome"] == "rejected";
        if (!rejected && read.Inputs.Any(input => input.Enabled && input.Errors.Count > 0)) return read with { Refusal = "Some answers need a look." };
        try
        {
            await executions.ResumeAsync(id, read.Run?.Id, rejected ? Data.Map() : await GivenAsync(read, cancellation), rejected ? "rejected" : "approved", read.Comment, null, asker, cancellation);
            return null;
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict)
        {
            return read with { Refusal = refused.Problems[0].Message };
        }
    }

    private async Task<ResumeForm> ReadAsync(string id, IFormCollection form, CancellationToken cancellation)
    {
        var opened = await OpenAsync(id, form["run"].ToString() is { Length: > 0 } run ? run : null, cancellation);
        var definitions = opened.Inputs.Select(input => input.Input).ToList();
        var entries = InputEntries.Read(form, definitions);
        foreach (var input in Files(definitions))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file) entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
        var given = InputEntries.Given(entries, definitions, zone.Zone);
        foreach (var input in Files(definitions).Where(input => given.ContainsKey(input.Id)))
            given[input.Id] = await uploads.FindAsync((string)given[input.Id]!, cancellation) is { } upload ? FilePaths.Uri($"{upload.Path}/{upload.Name}") : null;
        var resolved = opened.Inputs.Count == 0 ? opened.Inputs : await executions.ResolveResumeInputsAsync(id, opened.Run!.Id, given, cancellation);
        return opened with { Inputs = resolved, Entries = entries, Comment = form["comment"].ToString() is { Length: > 0 } comment ? comment : null, Key = form[FormTokens.IdempotencyField] };
    }

    private async Task<IReadOnlyDictionary<string, object?>> GivenAsync(ResumeForm form, CancellationToken cancellation)
    {
        var definitions = form.Inputs.Where(input => input.Enabled).Select(input => input.Input).ToList();
        var given = InputEntries.Given(form.Entries, definitions, zone.Zone);
        var execution = form.View.Execution;
        foreach (var input in Files(definitions))
            if (given.TryGetValue(input.Id, out var id))
                given[input.Id] = await uploads.PlaceAsync((string)id!, reader.Name, name => FilePaths.Input(execution.Namespace, execution.FlowId, execution.Id, $"{form.Run!.TaskId}-{input.Id}", name), cancellation);
        return given;
    }

    private static IEnumerable<InputDefinition> Files(IEnumerable<InputDefinition> inputs) => inputs.Where(input => input.Type == InputType.File);
}
