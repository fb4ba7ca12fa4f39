using System.Globalization;
using System.Text.Json;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Inputs;

/// <summary>
/// From what was given (text of a form, plain data) to the typed value that an execution keeps (kestra-semantics 2.2). Dates, times and durations are kept as normalised ISO text, so
/// that they read the same before and after they were stored.
/// </summary>
public static class InputValues
{
    public static InputType TypeOf(string word) =>
        Enum.TryParse<InputType>(word, ignoreCase: true, out var type) ? type : throw new FormatException($"Invalid type: {word}");

    /// <summary>Null stays null. Errors: <see cref="FormatException"/> with the reason.</summary>
    internal static object? Read(InputType type, object? value, Rendering render, InputType? itemType = null)
    {
        if (value is null) return null;
        return type switch
        {
            InputType.String or InputType.Select or InputType.Enum or InputType.Secret or InputType.File or InputType.Email or InputType.Uri => render.TextOf(value),
            InputType.Int => Int(value, render),
            InputType.Float => Float(value, render),
            InputType.Boolean => value is bool flag ? flag : string.Equals(render.TextOf(value).Trim(), "true", StringComparison.OrdinalIgnoreCase),
            InputType.Bool => value is bool flag ? flag : bool.TryParse(render.TextOf(value), out var parsed) ? parsed : throw Not(type, value, render),
            InputType.Datetime => Instant(value, render).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
            InputType.Date => Date(value, render).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            InputType.Time => Time(value, render).ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            InputType.Duration => value is TimeSpan span ? Duration.Write(span) : Duration.TryParse(render.TextOf(value), out var duration) ? Duration.Write(duration) : throw Not(type, value, render),
            InputType.Json => value is string text ? Json(text) : value,
            InputType.Yaml => value is string text ? Yaml(text, render) : value,
            InputType.Array or InputType.Multiselect => List(value, itemType ?? (type == InputType.Multiselect ? InputType.String : InputType.Json), type == InputType.Multiselect || itemType is not null, render),
            InputType.Form => throw new FormatException("A form has no value of its own."),
            _ => throw new InvalidOperationException($"No reader for {type}."),
        };
    }

    internal static DateTimeOffset Instant(object value, Rendering render) =>
        value is DateTimeOffset instant ? instant
        : value is DateTime local ? new DateTimeOffset(local.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : local)
        : DateTimeOffset.TryParse(render.TextOf(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) && render.TextOf(value).Contains('T', StringComparison.Ordinal) ? parsed
        : throw Not(InputType.Datetime, value, render);

    internal static DateOnly Date(object value, Rendering render) =>
        value is DateOnly date ? date : DateOnly.TryParseExact(render.TextOf(value).Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : throw Not(InputType.Date, value, render);

    internal static TimeOnly Time(object value, Rendering render) =>
        value is TimeOnly time ? time
        : TimeOnly.TryParseExact(render.TextOf(value).Trim(), ["HH:mm:ss", "HH:mm", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed
        : throw Not(InputType.Time, value, render);

    private static object Int(object value, Rendering render)
    {
        if (value is int or long) return value;
        if (value is double d && d == Math.Floor(d) && Math.Abs(d) < int.MaxValue) return (int)d;
        var text = render.TextOf(value).Trim();
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var small)) return small;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? big : throw Not(InputType.Int, value, render);
    }

    private static object Float(object value, Rendering render) => value switch
    {
        double or float or decimal => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        int or long => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => double.TryParse(render.TextOf(value).Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw Not(InputType.Float, value, render),
    };

    private static object? Json(string text)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (JsonException e)
        {
            throw new FormatException($"it is not valid JSON: {e.Message}", e);
        }
    }

    private static object? Yaml(string text, Rendering render)
    {
        try
        {
            return render.Value("{{ yaml(text) }}", "text", text);
        }
        catch (Expressions.ExpressionException e)
        {
            throw new FormatException($"it is not valid YAML: {e.Message}", e);
        }
    }

    private static List<object?> List(object value, InputType itemType, bool typed, Rendering render)
    {
        var data = value is string text ? Json(text) : value;
        if (data is not IReadOnlyList<object?> items) throw new FormatException("it must be a list");
        return [.. items.Select(item => typed ? Item(item, itemType, render) : item)];
    }

    private static object? Item(object? item, InputType type, Rendering render)
    {
        try
        {
            return Read(type, item, render);
        }
        catch (FormatException)
        {
            throw new FormatException($"Unable to parse array element as `{type.ToString().ToUpperInvariant()}` on `{render.TextOf(item)}`");
        }
    }

    private static FormatException Not(InputType type, object value, Rendering render) =>
        new($"Expected `{type.ToString().ToUpperInvariant()}` but received `{render.TextOf(value)}`");
}
