using System.Globalization;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.FlowTests;

/// <summary>The comparisons of assertions. Numbers compare by value and dates by moment also when one of them is a text; maps and lists by what they hold.</summary>
public static class Comparison
{
    /// <summary>Errors: <see cref="FormatException"/> when the two cannot be put in an order.</summary>
    public static bool Holds(string @operator, object? actual, object? expected) => @operator switch
    {
        "equalTo" => AreEqual(actual, expected),
        "notEqualTo" => !AreEqual(actual, expected),
        "startsWith" => Text(actual).StartsWith(Text(expected), StringComparison.Ordinal),
        "endsWith" => Text(actual).EndsWith(Text(expected), StringComparison.Ordinal),
        "contains" => actual is IReadOnlyList<object?> items ? items.Any(item => AreEqual(item, expected)) : Text(actual).Contains(Text(expected), StringComparison.Ordinal),
        "greaterThan" => Order(actual, expected) > 0,
        "greaterThanOrEqualTo" => Order(actual, expected) >= 0,
        "lessThan" => Order(actual, expected) < 0,
        "lessThanOrEqualTo" => Order(actual, expected) <= 0,
        "in" => AnyOf(actual, expected),
        "notIn" => !AnyOf(actual, expected),
        "isNull" => actual is null == Says(expected),
        "isNotNull" => actual is not null == Says(expected),
        _ => throw new ArgumentOutOfRangeException(nameof(@operator), @operator, null),
    };

    private static bool AnyOf(object? actual, object? expected) => expected is IReadOnlyList<object?> several && several.Any(one => AreEqual(actual, one));

    private static bool Says(object? expected) => expected is true or "true";

    private static bool AreEqual(object? actual, object? expected) => (actual, expected) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        _ when Number(actual) is { } left && Number(expected) is { } right => left.Equals(right),
        _ => Text(actual) == Text(expected),
    };

    private static int Order(object? actual, object? expected)
    {
        if (Number(actual) is { } left && Number(expected) is { } right) return left.CompareTo(right);
        if (Moment(actual) is { } earlier && Moment(expected) is { } later) return earlier.CompareTo(later);
        if (actual is string text && expected is string other) return string.CompareOrdinal(text, other);
        throw new FormatException($"{Data.Write(actual)} and {Data.Write(expected)} are not two numbers, dates or texts.");
    }

    private static double? Number(object? value) => value switch
    {
        int or long or double or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static DateTimeOffset? Moment(object? value) =>
        value is string text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    private static string Text(object? value) => value switch { null => "", string text => text, _ => Data.Write(value) };
}
