using FlowApps.Domain.Files;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Expressions;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Outside;

namespace FlowApps.Runtime.Work;

/// <summary>What one attempt sees of the product: rendering with every function, its log, its files, its directory, the ports.</summary>
internal sealed class RunContext(ExpressionEngine expressions, Scope scope, RunLog log, WorkFolder folder, string fileRoot, ReachableFiles access, IFileStore files, IServiceProvider ports) : TaskContext
{
    private readonly Dictionary<(string, string), Metric> metrics = [];

    public RunLog Lines => log;

    /// <summary>What was measured; the same name and tags are one figure.</summary>
    public IReadOnlyCollection<Metric> Metrics => metrics.Values;

    public override string WorkingDirectory => folder.Path;

    public override string? Render(string? template, IReadOnlyDictionary<string, object?>? extra = null) =>
        template is null ? null : expressions.Render(template, ScopeWith(extra));

    public override object? RenderTyped(string? template, IReadOnlyDictionary<string, object?>? extra = null) =>
        template is null ? null : expressions.RenderTyped(template, ScopeWith(extra));

    public override object? RenderDeep(object? value, IReadOnlyDictionary<string, object?>? extra = null) =>
        expressions.RenderDeep(value, ScopeWith(extra));

    public override void Log(LogLevel level, string message) => log.Write(level, message);

    public override void Metric(Metric metric)
    {
        var key = (metric.Name, metric.Tags is null ? "" : string.Join(';', metric.Tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}")));
        metrics[key] = metric.Kind != MetricKind.Gauge && metrics.TryGetValue(key, out var before) ? metric with { Value = before.Value + metric.Value } : metric;
    }

    public override async Task<string> PutFileAsync(string name, Stream content, CancellationToken cancellation)
    {
        var path = $"{fileRoot}/{name.TrimStart('/')}";
        await files.PutAsync(path, content, cancellation);
        return FilePaths.Uri(path);
    }

    public override Task<Stream> OpenFileAsync(string uri, CancellationToken cancellation) => files.OpenAsync(access.PathOf(uri), cancellation);

    public override TPort Port<TPort>() =>
        (TPort?)ports.GetService(typeof(TPort)) ?? throw new TaskFailedException($"This server has no {typeof(TPort).Name}.");

    private Scope ScopeWith(IReadOnlyDictionary<string, object?>? extra)
    {
        if (extra is null) return scope;
        var wider = scope;
        foreach (var (name, value) in extra) wider = wider.With(name, value);
        return wider;
    }
}
