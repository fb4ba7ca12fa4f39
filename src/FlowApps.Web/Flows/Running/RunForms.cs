using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Forms;
using FlowApps.Web.Inputs;
using FlowApps.Web.Inputs.Uploads;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows.Running;

/// <summary>The form of a flow's inputs for developers: as an app's, without drafts, with labels.</summary>
public sealed class RunForms(IFlows flows, IExecutions executions, UploadDesk uploads, Reader reader, ReaderZone zone)
{
    public const string LabelsField = "labels";
    private const string TouchedField = "touched";

    /// <summary>The form as it begins; with the inputs of an earlier execution when <paramref name="from"/> names one.</summary>
    public async Task<AppForm> OpenAsync(FlowId key, string? from, CancellationToken cancellation)
    {
        var flow = await FlowAsync(key, cancellation);
        var entries = from is not null && await executions.FindAsync(from, cancellation) is { } found && found.Execution.Flow == key ? InputEntries.Of(found.Execution.Inputs, flow.Inputs) : Data.Map();
        return await ResolveAsync(flow, entries, cancellation) with { Touched = new HashSet<string>() };
    }

    public async Task<AppForm> ChangeAsync(FlowId key, IFormCollection form, CancellationToken cancellation)
    {
        var flow = await FlowAsync(key, cancellation);
        var touched = form[TouchedField].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return await ResolveAsync(flow, InputEntries.Read(form, flow.Inputs), cancellation) with { Touched = touched, Key = form[FormTokens.IdempotencyField] };
    }

    /// <summary>The new execution, or the form again with every entry kept.</summary>
    public async Task<(Execution? Started, AppForm? Refused)> RunAsync(FlowId key, IFormCollection form, CancellationToken cancellation)
    {
        var flow = await FlowAsync(key, cancellation);
        var entries = InputEntries.Read(form, flow.Inputs);
        foreach (var input in Files(flow))
            if (form.Files.GetFile(InputEntries.Prefix + input.Id) is { Length: > 0 } file) entries[input.Id] = (await uploads.KeepAsync(reader.Name, file, cancellation)).Id;
        var once = form[FormTokens.IdempotencyField].ToString();
        var resolved = await ResolveAsync(flow, entries, cancellation) with { Touched = null, IsRefused = true, Key = once };
        if (resolved.Wrong.Any() || resolved.Resolved.IsBlocked) return (null, resolved);
        try
        {
            var id = executions.NewId();
            var given = InputEntries.Given(entries, flow.Inputs, zone.Zone);
            foreach (var input in Files(flow))
                if (given.TryGetValue(input.Id, out var upload))
                    given[input.Id] = await uploads.PlaceAsync((string)upload!, reader.Name, name => FilePaths.Input(key.Namespace, key.Id, id, input.Id, name), cancellation);
            return (await executions.StartAsync(new StartExecution(key, given)
            {
                Id = id,
                By = reader.Name,
                Labels = LabelText.List(form[LabelsField]),
                IdempotencyKey = once.Length == 0 ? null : $"run/{reader.Name}/{once}",
            }, cancellation), null);
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid or RefusalKind.Conflict or RefusalKind.TooLarge)
        {
            return (null, resolved with { Refusals = refused.Problems.Select(problem => problem.Message).ToList() });
        }
    }

    private async Task<Flow> FlowAsync(FlowId key, CancellationToken cancellation) =>
        await flows.FindAsync(key, null, cancellation) ?? throw RefusedException.NotFound($"There is no flow {key}, or its text cannot be read.");

    private async Task<AppForm> ResolveAsync(Flow flow, OrderedDictionary<string, object?> entries, CancellationToken cancellation)
    {
        var given = InputEntries.Given(entries, flow.Inputs, zone.Zone);
        // While the form is filled, a file stands for itself; it is put in its place when the form is sent.
        foreach (var input in Files(flow))
            if (given.TryGetValue(input.Id, out var id))
            {
                if (await uploads.FindAsync((string)id!, cancellation) is { } upload) given[input.Id] = FilePaths.Uri($"{upload.Path}/{upload.Name}");
                else given.Remove(input.Id);
            }
        var app = new App { Id = flow.Id, Type = "apps.Execution", Namespace = flow.Namespace, FlowId = flow.Id, Implicit = true };
        var address = Routes.To(Routes.Flow, flow.Namespace, flow.Id) + "/run";
        return new AppForm(app, flow, await executions.ResolveFormAsync(flow.Key, null, given, cancellation)) { Entries = entries, Address = address, ChangeAddress = address + "/change" };
    }

    private static IEnumerable<InputDefinition> Files(Flow flow) => InputEntries.Flatten(flow.Inputs).Where(input => input.Type == InputType.File);
}
