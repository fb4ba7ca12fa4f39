using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Flows;

/// <summary>
/// Brings a folder of examples into the installation: every <c>flows/*.yaml</c> and <c>apps/*.yaml</c> below it. May be repeated: an unchanged text makes no revision, and what
/// people have changed since is left alone.
/// </summary>
public sealed class FlowImporter(IFlows flows, IApps apps, ILogger<FlowImporter> logger)
{
    private const string By = "examples";

    /// <summary>Returns how many flows and apps were new or updated; a text that is refused is logged and passed over.</summary>
    public async Task<int> ImportAsync(string folder, CancellationToken cancellation)
    {
        var saved = 0;
        foreach (var file in TextsIn(folder, "flows"))
            if (await TryAsync(file, source => SaveFlowAsync(source, cancellation))) saved++;
        foreach (var file in TextsIn(folder, "apps"))
            if (await TryAsync(file, source => SaveAppAsync(source, cancellation))) saved++;
        return saved;
    }

    private static IEnumerable<string> TextsIn(string folder, string kind) => !Directory.Exists(folder) ? [] :
        Directory.EnumerateFiles(folder, "*.y*ml", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == kind).Order(StringComparer.Ordinal);

    private async Task<bool> TryAsync(string file, Func<string, Task<bool>> save)
    {
        try
        {
            return await save(await File.ReadAllTextAsync(file));
        }
        catch (RefusedException e)
        {
            logger.LogWarning("The example {File} was passed over: {Reason}", file, e.Message);
            return false;
        }
    }

    private async Task<bool> SaveFlowAsync(string source, CancellationToken cancellation)
    {
        var flow = Valid(flows.Read(source));
        var stored = await flows.SourceAsync(flow.Key, null, cancellation);
        if (stored is { SavedBy: not By }) return false;
        var saved = stored is null ? await flows.CreateAsync(source, By, cancellation) : await flows.UpdateAsync(flow.Key, source, By, stored.Revision, cancellation);
        return saved.Revision != stored?.Revision;
    }

    private async Task<bool> SaveAppAsync(string source, CancellationToken cancellation)
    {
        var reading = apps.Read(source);
        var app = reading.App ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        var stored = await apps.SourceAsync(app.Namespace, app.Id, null, cancellation);
        if (stored is { SavedBy: not By }) return false;
        return (await apps.SaveAsync(source, By, stored?.Revision, cancellation)).Revision != stored?.Revision;
    }

    private static Flow Valid(FlowReading reading) => reading.Flow ?? throw new RefusedException(RefusalKind.Invalid, reading.Problems);
}
