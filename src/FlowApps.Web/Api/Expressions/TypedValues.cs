using System.Globalization;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api.Expressions;

/// <summary>Values of types that JSON lacks, sent as <c>{"$type": …, "value": …}</c> at any depth.</summary>
public static class TypedValues
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    /// <summary>Errors: Invalid for an unknown type or a value that is none of its type.</summary>
    public static object? Read(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map when map.GetValueOrDefault("$type") is string type => Typed(type, map.GetValueOrDefault("value")),
        IReadOnlyDictionary<string, object?> map => Mapped(map),
        IReadOnlyList<object?> list => list.Select(Read).ToList(),
        _ => value,
    };

    private static object? Typed(string type, object? value)
    {
        try
        {
            return type switch
            {
                "float32" => Convert.ToSingle(value, CultureInfo.InvariantCulture),
                "int64" => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                "instant" => DateTime.Parse(Text(value), CultureInfo.InvariantCulture, Utc),
                "utilDate" => Milliseconds(DateTime.Parse(Text(value), CultureInfo.InvariantCulture, Utc)),
                "zonedDateTime" => DateTimeOffset.Parse(Text(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                "localDateTime" => DateTime.SpecifyKind(DateTime.Parse(Text(value), CultureInfo.InvariantCulture), DateTimeKind.Unspecified),
                "duration" => Duration.Parse(Text(value)),
                "uri" => Text(value),
                "set" or "array" => Read(value),
                _ => throw new FormatException($"'{type}' is not a $type."),
            };
        }
        catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
        {
            throw RefusedException.Invalid("typed_value", $"'{Data.Write(value)}' is no value of the $type '{type}': {e.Message}");
        }
    }

    private static string Text(object? value) => value as string ?? throw new FormatException("Text is expected.");

    private static DateTime Milliseconds(DateTime date) => date.AddTicks(-(date.Ticks % TimeSpan.TicksPerMillisecond));

    private static OrderedDictionary<string, object?> Mapped(IReadOnlyDictionary<string, object?> map)
    {
        var read = Data.Map();
        foreach (var (key, item) in map) read[key] = Read(item);
        return read;
    }
}
