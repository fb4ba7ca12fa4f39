using System.Globalization;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Writes a value to the key-value store.</summary>
[Plugin("core.kv.Set", Icon = "key")]
public sealed record Set : RunnableTask
{
    /// <summary>The key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>The value; a lone expression keeps its type.</summary>
    public required Property<object> Value { get; init; }

    /// <summary>What the value is for those who look at the store.</summary>
    public Property<string>? KvDescription { get; init; }

    /// <summary>The namespace; the flow's own when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>Whether a value that is there is replaced; if not, it fails the task.</summary>
    public Property<bool> Overwrite { get; init; } = new(true);

    /// <summary>How long the value is kept; for ever when absent.</summary>
    public Property<TimeSpan>? Ttl { get; init; }

    /// <summary>The type the text of the value is read as.</summary>
    public Property<KvType>? KvType { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (ns, key) = (KvNamespaces.Of(context, Namespace), context.Render(Key) ?? "");
        await KvNamespaces.CheckAsync(context, ns, cancellation);
        var value = Value.Raw is string text ? context.RenderTyped(text) : context.RenderDeep(Value.Raw);
        KvType? type = KvType is null ? null : context.Render(KvType);
        var overwrite = context.Render(Overwrite);
        if (!overwrite && await context.Port<IKvStore>().FindAsync(ns, key, cancellation) is not null) throw Exists(key);
        try
        {
            await context.Port<IKvStore>().SetAsync(
                ns, key, type is { } wanted && value is string given ? Typed(wanted, given) : value, type,
                Ttl is null ? null : context.Render(Ttl), overwrite, context.Render(KvDescription), cancellation);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
        {
            throw Exists(key);
        }
        return TaskOutcome.Success();
    }

    private static object? Typed(KvType type, string text) => type switch
    {
        Domain.Namespaces.KvType.String => text,
        Domain.Namespaces.KvType.Number => Number(text),
        Domain.Namespaces.KvType.Boolean => string.Equals(text.Trim(), "true", StringComparison.OrdinalIgnoreCase),
        Domain.Namespaces.KvType.Datetime => PropertyConversion.To(typeof(DateTimeOffset), text),
        Domain.Namespaces.KvType.Date => PropertyConversion.To(typeof(DateOnly), text),
        Domain.Namespaces.KvType.Duration => PropertyConversion.To(typeof(TimeSpan), text),
        Domain.Namespaces.KvType.Json => Data.Parse(text),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static object Number(string text)
    {
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var small)) return small;
        if (long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole)) return whole;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            ? real
            : throw new TaskFailedException($"'{text}' cannot be read as a number.");
    }

    private static TaskFailedException Exists(string key) =>
        new($"Cannot set value for key '{key}'. Key already exists and `overwrite` is set to `false`.");
}
