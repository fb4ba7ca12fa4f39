using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Checks conditions and fails when one does not hold.</summary>
[Plugin("core.execution.Assert", Icon = "checks")]
public sealed record Assert : RunnableTask
{
    /// <summary>Expressions that must all render to something true. One that cannot be rendered does not hold.</summary>
    public required Property<IReadOnlyList<string>> Conditions { get; init; }

    /// <summary>What the failure says; a count of the conditions when absent.</summary>
    public Property<string>? ErrorMessage { get; init; }

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var conditions = Conditions.Raw is IReadOnlyList<object?> list ? list.Select(c => (string?)PropertyConversion.To(typeof(string), c)) : context.Render(Conditions) ?? [];
        var (held, failed) = (0, 0);
        foreach (var condition in conditions)
            if (Holds(context, condition)) held++;
            else failed++;
        context.Metric(new Metric("success", MetricKind.Counter, held));
        context.Metric(new Metric("failed", MetricKind.Counter, failed));
        if (failed == 0) return ValueTask.FromResult(TaskOutcome.Success());
        return ValueTask.FromResult(TaskOutcome.Failed(context.Render(ErrorMessage) ?? $"{failed} of {held + failed} assertions failed."));
    }

    private static bool Holds(TaskContext context, string? condition)
    {
        try
        {
            if (Truth.Of(context.Render(condition))) return true;
            context.Log(Domain.Logs.LogLevel.Error, $"Assertion `{condition}` failed.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            context.Log(Domain.Logs.LogLevel.Error, $"Assertion `{condition}` could not be rendered: {e.Message}");
        }
        return false;
    }
}
