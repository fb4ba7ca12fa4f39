using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>From a scalar to a literal .NET value, as leniently as Kestra's parser: text is taken as written, numbers and booleans also from text.</summary>
internal static class Conversions
{
    private static readonly ConcurrentDictionary<Type, Type?> Elements = new();
    private static readonly ConcurrentDictionary<Type, Type?> MapValues = new();

    /// <summary>The element type of a list type; null for everything else.</summary>
    public static Type? ElementOf(Type type) => !type.IsGenericType ? null : Elements.GetOrAdd(type, t =>
        t.GetGenericArguments() is [var element] && t.IsAssignableFrom(typeof(List<>).MakeGenericType(element)) && typeof(IEnumerable).IsAssignableFrom(t) ? element : null);

    /// <summary>The value type of a map type with text keys; null for everything else.</summary>
    public static Type? ValueOf(Type type) => !type.IsGenericType ? null : MapValues.GetOrAdd(type, t =>
        t.GetGenericArguments() is [var key, var value] && key == typeof(string) && t.IsAssignableFrom(typeof(OrderedDictionary<,>).MakeGenericType(key, value)) ? value : null);

    public static IList EmptyList(Type type) => (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(ElementOf(type)!))!;

    public static bool IsLiteral(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(decimal) || type == typeof(TimeSpan) || type == typeof(DateTimeOffset) ||
            type == typeof(DateTime) || type == typeof(DateOnly) || type == typeof(TimeOnly) || type == typeof(Uri) || type == typeof(TimeZoneInfo);
    }

    /// <summary>False when the scalar cannot be read as the type.</summary>
    public static bool TryRead(Type wanted, YamlScalar scalar, out object? value)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        value = type == typeof(string) ? scalar.Text
            : type == typeof(bool) ? scalar.Value is bool b ? b : bool.TryParse(scalar.Text, out var parsed) ? parsed : null
            : type.IsEnum ? Enum(type, scalar.Text)
            : type == typeof(TimeSpan) ? Span(scalar)
            : type == typeof(DateTimeOffset) ? DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null
            : type == typeof(DateTime) ? DateTime.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null
            : type == typeof(DateOnly) ? DateOnly.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var day) ? day : null
            : type == typeof(TimeOnly) ? TimeOnly.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var time) ? time : null
            : type == typeof(Uri) ? Uri.TryCreate(scalar.Text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null
            : type == typeof(TimeZoneInfo) ? TimeZoneInfo.TryFindSystemTimeZoneById(scalar.Text, out var zone) ? zone : null
            : Number(type, scalar);
        return value is not null;
    }

    /// <summary>What is expected, for messages.</summary>
    public static string Expected(Type wanted)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        return type.IsEnum ? "one of " + string.Join(", ", Words(type))
            : ElementOf(type) is not null ? "a list"
            : type == typeof(string) ? "text"
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "an ISO-8601 duration such as PT30S or P1D"
            : type == typeof(DateTimeOffset) || type == typeof(DateTime) ? "a date-time such as 2024-05-01T12:00:00Z"
            : type == typeof(DateOnly) ? "a date such as 2024-05-01"
            : type == typeof(TimeOnly) ? "a time such as 09:30:00"
            : type == typeof(Uri) ? "a URI"
            : type == typeof(TimeZoneInfo) ? "a time zone such as Europe/Paris"
            : type == typeof(int) || type == typeof(long) || type == typeof(short) ? "a whole number"
            : IsLiteral(type) ? "a number"
            : "a map";
    }

    /// <summary>An enum's words as flows write them.</summary>
    public static IEnumerable<string> Words(Type type) => System.Enum.GetNames(type).Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName);

    private static object? Enum(Type type, string text)
    {
        var name = text.Replace("_", "", StringComparison.Ordinal);
        return name.Length > 0 && char.IsAsciiLetter(name[0]) && !name.Contains(',') && System.Enum.TryParse(type, name, ignoreCase: true, out var value) ? value : null;
    }

    /// <summary>ISO text, or a number of seconds.</summary>
    private static object? Span(YamlScalar scalar)
    {
        if (Duration.TryParse(scalar.Text, out var span)) return span;
        var seconds = scalar.Value switch { int i => i, long l => l, double d => d, _ => double.NaN };
        return Math.Abs(seconds) < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static object? Number(Type type, YamlScalar scalar)
    {
        var value = scalar.Value is string text ? PlainScalar.Resolve(text.Trim()) : scalar.Value;
        if (value is not (int or long or double or BigInteger)) return null;
        try
        {
            if (value is double d && type != typeof(double) && type != typeof(float) && type != typeof(decimal) && d != Math.Floor(d)) return null;
            if (value is BigInteger big) value = (double)big;
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
