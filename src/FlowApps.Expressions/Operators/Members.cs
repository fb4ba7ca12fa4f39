using System.Globalization;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>Attributes and indexes of values: map keys, list positions, and the few getters that Kestra flows use. There is no reflection.</summary>
internal static class Members
{
    public static bool TryGet(object? owner, string name, out object? value)
    {
        switch (owner)
        {
            case OrderedDictionary<string, object?> map: return map.TryGetValue(name, out value);
            case Dictionary<string, object?> map: return map.TryGetValue(name, out value);
            case IReadOnlyDictionary<string, object?> map: return map.TryGetValue(name, out value);
            case IReadOnlyList<object?> list when int.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index):
                return TryGetAt(list, index, out value);
        }
        value = owner switch
        {
            IReadOnlyList<object?> list => ListGetter(list, name),
            string text => TextGetter(text, name),
            MapEntry entry => name switch { "key" => entry.Key, "value" => entry.Value, _ => Missing.Value },
            LoopState loop => name switch
            {
                "index" => loop.Index,
                "length" => loop.Length,
                "first" => loop.IsFirst,
                "last" => loop.IsLast,
                "revindex" => loop.ReverseIndex,
                _ => Missing.Value,
            },
            DateTimeOffset or DateTime or DateOnly => DateGetter(Moment.Local(owner), name),
            TimeSpan span => name switch { "seconds" => (long)span.TotalSeconds, "nano" => (int)(span.Ticks % TimeSpan.TicksPerSecond * 100), _ => Missing.Value },
            _ => Missing.Value,
        };
        return value is not Missing;
    }

    public static bool TryGet(object? owner, object? key, out object? value)
    {
        switch (key)
        {
            case string name: return TryGet(owner, name, out value);
            case int or long when owner is IReadOnlyList<object?> list: return TryGetAt(list, Convert.ToInt64(key, CultureInfo.InvariantCulture), out value);
            case null: value = null; return false;
            default: return TryGet(owner, JavaText.OfScalar(key), out value);
        }
    }

    /// <summary>Calls a harmless method of a text, list or map, e.g. <c>text.contains('x')</c> or <c>map.size()</c>.</summary>
    public static bool TryCall(object? owner, string name, object?[] arguments, Evaluation evaluation, out object? value)
    {
        value = (owner, name, arguments) switch
        {
            (_, "toString", []) => JavaText.Of(owner, evaluation),
            (_, "equals", [var other]) => Equality.Same(owner, other, evaluation),
            (string text, "toLowerCase", []) => text.ToLowerInvariant(),
            (string text, "toUpperCase", []) => text.ToUpperInvariant(),
            (string text, "trim" or "strip", []) => text.Trim(),
            (string text, "contains", [string part]) => text.Contains(part, StringComparison.Ordinal),
            (string text, "startsWith", [string part]) => text.StartsWith(part, StringComparison.Ordinal),
            (string text, "endsWith", [string part]) => text.EndsWith(part, StringComparison.Ordinal),
            (string text, "indexOf", [string part]) => text.IndexOf(part, StringComparison.Ordinal),
            (string text, "equalsIgnoreCase", [string other]) => text.Equals(other, StringComparison.OrdinalIgnoreCase),
            (string text, "substring", [int or long]) => text[Position(arguments[0], text.Length)..],
            (string text, "substring", [int or long, int or long]) => text[Position(arguments[0], text.Length)..Position(arguments[1], text.Length)],
            (string text, _, []) => TextGetter(text, name),
            (IReadOnlyDictionary<string, object?> map, "size", []) => map.Count,
            (IReadOnlyDictionary<string, object?> map, "isEmpty", []) => map.Count == 0,
            (IReadOnlyDictionary<string, object?> map, "keySet", []) => map.Keys.ToList<object?>(),
            (IReadOnlyDictionary<string, object?> map, "values", []) => map.Values.ToList(),
            (IReadOnlyDictionary<string, object?> map, "containsKey", [string key]) => map.ContainsKey(key),
            (IReadOnlyDictionary<string, object?> map, "get", [string key]) => map.GetValueOrDefault(key),
            (IReadOnlyList<object?> list, "get", [int or long]) => list[Position(arguments[0], list.Count - 1)],
            (IReadOnlyList<object?> list, "contains", [var item]) => Equality.Contains(list, item, evaluation),
            (IReadOnlyList<object?> list, _, []) => ListGetter(list, name),
            (MapEntry entry, "getKey", []) => entry.Key,
            (MapEntry entry, "getValue", []) => entry.Value,
            _ => Missing.Value,
        };
        return value is not Missing;
    }

    private static bool TryGetAt(IReadOnlyList<object?> list, long index, out object? value)
    {
        var isInside = index >= 0 && index < list.Count;
        value = isInside ? list[(int)index] : null;
        return isInside;
    }

    private static object? ListGetter(IReadOnlyList<object?> list, string name) => name switch
    {
        "size" => list.Count,
        "empty" or "isEmpty" => list.Count == 0,
        "first" or "getFirst" when list.Count > 0 => list[0],
        "last" or "getLast" when list.Count > 0 => list[^1],
        _ => Missing.Value,
    };

    private static object TextGetter(string text, string name) => name switch
    {
        "length" => text.Length,
        "empty" or "isEmpty" => text.Length == 0,
        "blank" or "isBlank" => string.IsNullOrWhiteSpace(text),
        _ => Missing.Value,
    };

    private static object DateGetter(DateTime date, string name) => name switch
    {
        "year" => date.Year,
        "monthValue" => date.Month,
        "month" => CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month).ToUpperInvariant(),
        "dayOfMonth" => date.Day,
        "dayOfYear" => date.DayOfYear,
        "dayOfWeek" => date.DayOfWeek.ToString().ToUpperInvariant(),
        "hour" => date.Hour,
        "minute" => date.Minute,
        "second" => date.Second,
        "nano" => (int)(date.Ticks % TimeSpan.TicksPerSecond * 100),
        _ => Missing.Value,
    };

    private static int Position(object? value, int most)
    {
        var position = Convert.ToInt64(value, CultureInfo.InvariantCulture);
        return position >= 0 && position <= most ? (int)position : throw new ExpressionException($"Index {position} is out of range.");
    }
}
