namespace FlowApps.Plugins.Tasks.Metrics;

/// <summary>Publishes figures of one's own; they show in the metrics of the execution and the flow.</summary>
[Plugin("core.metric.Publish", Icon = "chart-bar")]
public sealed record Publish : RunnableTask
{
    /// <summary>The figures.</summary>
    public required Property<IReadOnlyList<PublishedMetric>> Metrics { get; init; }

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var rows = Metrics.Raw is string text ? context.RenderTyped(text) : context.RenderDeep(Metrics.Raw);
        if (rows is string json) rows = Data.Parse(json);
        foreach (var row in rows as IReadOnlyList<object?> ?? [])
            context.Metric(PublishedMetric.From(row));
        return ValueTask.FromResult(TaskOutcome.Success());
    }
}
