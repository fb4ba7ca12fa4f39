using System.Collections;
using System.Globalization;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Tasks;

/// <summary>From what a flow says to a typed value (kestra-semantics 7.2): text is rendered, then read as the type; lists and maps also from rendered JSON.</summary>
public static class PropertyConversion
{
    /// <summary>Errors: <see cref="FormatException"/> that names the text and the wanted type.</summary>
    public static T? To<T>(object? raw, Func<string, string?> render, Func<object?, object?> renderDeep) =>
        (T?)To(typeof(T), raw is string text ? render(text) : renderDeep(raw));

    /// <summary>Converts an already rendered value.</summary>
    public static object? To(Type wanted, object? value)
    {
        var type = Nullable.GetUnderlyingType(wanted) ?? wanted;
        if (value is null) return null;
        if (type.IsInstanceOfType(value) && value is not string) return value;
        if (type == typeof(object)) return value;
        if (type == typeof(string)) return value is string s ? s : value is bool b ? (b ? "true" : "false") : value is IConvertible c ? c.ToString(CultureInfo.InvariantCulture) : Data.Write(value);
        if (value is string text) return FromText(type, text);
        if (type.IsEnum) return FromText(type, value.ToString()!);
        if (IsMapOrList(type)) return FromData(type, value);
        return FromText(type, Convert.ToString(value, CultureInfo.InvariantCulture)!);
    }

    private static object? FromText(Type type, string text)
    {
        var trimmed = text.Trim();
        if (IsMapOrList(type)) return FromData(type, trimmed.Length == 0 ? null : ParseJson(trimmed, type));
        if (trimmed.Length == 0) return null;
        try
        {
            if (type.IsEnum) return Enum.Parse(type, trimmed.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            if (type == typeof(bool)) return bool.Parse(trimmed);
            if (type == typeof(TimeSpan)) return Duration.Parse(trimmed);
            if (type == typeof(DateTimeOffset)) return DateTimeOffset.Parse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            if (type == typeof(DateOnly)) return DateOnly.Parse(trimmed, CultureInfo.InvariantCulture);
            if (type == typeof(TimeOnly)) return TimeOnly.Parse(trimmed, CultureInfo.InvariantCulture);
            if (type == typeof(Uri)) return new Uri(trimmed, UriKind.RelativeOrAbsolute);
            return Convert.ChangeType(trimmed, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is FormatException or OverflowException or InvalidCastException or ArgumentException)
        {
            throw new FormatException($"'{text}' cannot be read as {Word(type)}.", e);
        }
    }

    private static object? ParseJson(string text, Type type)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"'{text}' cannot be read as {Word(type)}: {e.Message}", e);
        }
    }

    private static object? FromData(Type type, object? value)
    {
        if (value is null) return null;
        if (type.IsInstanceOfType(value)) return value;
        var arguments = type.IsGenericType ? type.GetGenericArguments() : [];
        if (arguments.Length == 2 && value is IReadOnlyDictionary<string, object?> map) return Fill(arguments[1], map);
        if (arguments.Length == 1 && value is IEnumerable items and not string) return Fill(arguments[0], items.Cast<object?>());
        throw new FormatException($"'{Data.Write(value)}' cannot be read as {Word(type)}.");
    }

    private static object Fill(Type element, IReadOnlyDictionary<string, object?> map)
    {
        var filled = (IDictionary)Activator.CreateInstance(typeof(OrderedDictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var (key, item) in map) filled[key] = To(element, item);
        return filled;
    }

    private static object Fill(Type element, IEnumerable<object?> items)
    {
        var filled = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var item in items) filled.Add(To(element, item));
        return filled;
    }

    private static bool IsMapOrList(Type type) => type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type);

    private static string Word(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(n => n.ToUpperInvariant()))}"
        : IsMapOrList(type) ? (type.IsGenericType && type.GetGenericArguments().Length == 2 ? "a map" : "a list")
        : type.Name switch { "TimeSpan" => "an ISO-8601 duration", "DateTimeOffset" => "a date-time", "Int32" or "Int64" => "a whole number", "Double" or "Decimal" => "a number", "Boolean" => "true or false", var name => name };
}
