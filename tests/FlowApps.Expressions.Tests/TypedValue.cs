using System.Globalization;
using System.Xml;
using FlowApps.Expressions.Dates;

namespace FlowApps.Expressions.Tests;

/// <summary>Values of types that JSON lacks, written as <c>{"$type": "instant", "value": "…"}</c>, at any depth.</summary>
internal static class TypedValue
{
    /// <summary>Replaces every wrapper by the value it stands for. Errors: <see cref="ExpressionException"/> for an unknown type or a value that is none.</summary>
    public static object? Decode(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map when map.Count == 2 && map.TryGetValue("$type", out var type) && type is string name && map.TryGetValue("value", out var inner) => Decode(name, inner),
        IReadOnlyDictionary<string, object?> map => DecodeMap(map),
        IReadOnlyList<object?> list => list.Select(Decode).ToList(),
        _ => value,
    };

    private static object? Decode(string type, object? value)
    {
        try
        {
            return (type, value) switch
            {
                ("float32", int or long or double) => Convert.ToSingle(value, CultureInfo.InvariantCulture),
                ("int64", int or long) => Convert.ToInt64(value, CultureInfo.InvariantCulture),
                ("instant" or "utilDate", string text) => IsoDates.Read(text, Zone.Utc).At.UtcDateTime,
                ("zonedDateTime", string text) => IsoDates.Read(text, Zone.Utc).At,
                ("localDateTime", string text) => DateTime.SpecifyKind(IsoDates.Read(text, Zone.Utc).At.DateTime, DateTimeKind.Unspecified),
                ("duration", string text) => XmlConvert.ToTimeSpan(text),
                ("uri", string text) => text,
                ("set" or "array", IReadOnlyList<object?> list) => list.Select(Decode).ToList(),
                _ => throw new ExpressionException($"The value of a '{type}' cannot be read."),
            };
        }
        catch (FormatException failure)
        {
            throw new ExpressionException($"The value of a '{type}' cannot be read: {failure.Message}", failure);
        }
    }

    private static OrderedDictionary<string, object?> DecodeMap(IReadOnlyDictionary<string, object?> map)
    {
        var decoded = new OrderedDictionary<string, object?>(map.Count, StringComparer.Ordinal);
        foreach (var (key, value) in map) decoded[key] = Decode(value);
        return decoded;
    }
}
