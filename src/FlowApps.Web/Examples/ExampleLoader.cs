using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Examples;

/// <summary>
/// At the start of a demo: stores the flows, apps and tests of <c>examples/</c> that are not there yet. What somebody changed stays changed; an example that is refused is named
/// in the log and the others still come. Then its people send their first requests (not with <c>FlowApps:Examples:Requests=false</c>).
/// </summary>
public sealed class ExampleLoader(Installation installation, IConfiguration configuration, IHostEnvironment environment, IHostApplicationLifetime lifetime, IFlows flows, IApps apps, IFlowTests tests, ExampleRequests requests, ILogger<ExampleLoader> logger) : BackgroundService
{
    private const string By = "examples";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!installation.Demo || Folder() is not { } folder) return;
        foreach (var file in Files(folder, "flows")) await LoadAsync(file, source => FlowAsync(source, stoppingToken), stoppingToken);
        foreach (var file in Files(folder, "apps")) await LoadAsync(file, source => AppAsync(source, stoppingToken), stoppingToken);
        foreach (var file in Files(folder, "tests")) await LoadAsync(file, source => TestsAsync(source, stoppingToken), stoppingToken);
        if (!configuration.GetValue("FlowApps:Examples:Requests", true)) return;
        await ListeningAsync(stoppingToken);
        foreach (var file in Directory.EnumerateFiles(folder, "requests.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) await requests.SendAsync(file, stoppingToken);
    }

    // The examples call this server themselves.
    private async Task ListeningAsync(CancellationToken cancellation)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellation);
    }

    private string? Folder() => new[] { environment.ContentRootPath, AppContext.BaseDirectory }.Select(root => Path.Combine(root, "examples")).FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Files(string folder, string kind) => Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == kind)
        .Order(StringComparer.Ordinal);

    private async Task LoadAsync(string file, Func<string, Task> store, CancellationToken cancellation)
    {
        try
        {
            await store(await File.ReadAllTextAsync(file, cancellation));
        }
        catch (RefusedException refused)
        {
            logger.LogWarning("The example {File} was not stored: {Problems}", file, refused.Message);
        }
    }

    private async Task FlowAsync(string source, CancellationToken cancellation)
    {
        if (flows.Read(source) is { Namespace: { } ns, Id: { } id } && await flows.SourceAsync(new FlowId(ns, id), null, cancellation) is not null) return;
        await flows.CreateAsync(source, By, cancellation);
    }

    /// <summary>Tests of forms, which lie in the same folder, are run from there.</summary>
    private async Task TestsAsync(string source, CancellationToken cancellation)
    {
        if (tests.Read(source).Suite is { } suite && await tests.FindAsync(suite.Namespace, suite.Id, null, cancellation) is null) await tests.SaveAsync(source, By, 0, cancellation);
    }

    private async Task AppAsync(string source, CancellationToken cancellation)
    {
        if (apps.Read(source).App is { } app && await apps.SourceAsync(app.Namespace, app.Id, null, cancellation) is not null) return;
        await apps.SaveAsync(source, By, null, cancellation);
    }
}
