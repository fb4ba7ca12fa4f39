using FlowApps.Domain.Flows;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Adds labels to the running execution, or replaces those of the same key.</summary>
[Plugin("core.execution.Labels", "io.kestra.core.tasks.executions.Labels", Icon = "tags")]
public sealed record UpdateLabels : RunnableTask
{
    /// <summary>A map of keys to values, a list of <c>{key, value}</c>, or JSON text of either. A key without a value is passed over.</summary>
    public required Property<object> Labels { get; init; }

    public override bool Quick => true;

    public override ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var labels = Read(Labels.Raw is string text ? Parsed(context.Render(text)) : context.RenderDeep(Labels.Raw)).Where(label => label.Value is not null).ToList();
        if (labels.Find(label => label.Key.StartsWith("system.", StringComparison.Ordinal)) is { } offender)
            throw new TaskFailedException($"System labels can only be set by Kestra itself, offending label: {offender.Key}={offender.Value}");
        return ValueTask.FromResult(TaskOutcome.Success() with { Changes = [new SetLabels(labels)] });
    }

    private static object? Parsed(string? rendered)
    {
        try
        {
            return string.IsNullOrWhiteSpace(rendered) ? null : Data.Parse(rendered);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new TaskFailedException($"'labels' is neither a map, a list nor JSON text of one: {e.Message}", null, e);
        }
    }

    private static IEnumerable<Label> Read(object? labels) => labels switch
    {
        null => [],
        IReadOnlyDictionary<string, object?> map => map.Select(entry => new Label(entry.Key, Text(entry.Key, entry.Value))),
        IReadOnlyList<object?> list => list.Select(Pair),
        _ => throw new TaskFailedException($"'labels' must be a map or a list of key and value, not {Data.Write(labels)}."),
    };

    private static Label Pair(object? item) => item is IReadOnlyDictionary<string, object?> map && map.GetValueOrDefault("key") is string key
        ? new Label(key, Text(key, map.GetValueOrDefault("value")))
        : throw new TaskFailedException($"A label in a list needs a key and a value, this one is {Data.Write(item)}.");

    private static string? Text(string key, object? value) => value is IReadOnlyDictionary<string, object?> or IReadOnlyList<object?>
        ? throw new TaskFailedException($"The label '{key}' must be text, a number or a boolean, not {Data.Write(value)}.")
        : (string?)PropertyConversion.To(typeof(string), value);
}
