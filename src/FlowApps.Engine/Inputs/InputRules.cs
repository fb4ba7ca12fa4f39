using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Inputs;

/// <summary>What a typed value must meet (kestra-semantics 2.2, last column); each reason as it stands in the message.</summary>
internal static partial class InputRules
{

    public static IEnumerable<string> Check(InputDefinition input, object value, IReadOnlyList<InputOption> options, Rendering render) => input.Type switch
    {
        InputType.String or InputType.Secret => Pattern(input, (string)value),
        InputType.Int => Bounds(input, Convert.ToDecimal(value, CultureInfo.InvariantCulture), bound => Convert.ToDecimal(bound, CultureInfo.InvariantCulture), bound => render.TextOf(bound), "it"),
        InputType.Float => Bounds(input, (double)value, bound => Convert.ToDouble(bound, CultureInfo.InvariantCulture), bound => render.TextOf(bound), "it"),
        InputType.Duration => Bounds(input, Duration.Parse((string)value), bound => bound as TimeSpan? ?? Duration.Parse(render.TextOf(bound)), bound => bound is TimeSpan t ? Duration.Write(t) : render.TextOf(bound), "It"),
        InputType.Datetime => Range(input, InputValues.Instant(value, render), bound => InputValues.Instant(bound, render), bound => bound.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)),
        InputType.Date => Range(input, InputValues.Date(value, render), bound => InputValues.Date(bound, render), bound => bound.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        InputType.Time => Range(input, InputValues.Time(value, render), bound => InputValues.Time(bound, render), TimeText),
        InputType.Uri when !UriPattern().IsMatch((string)value) => [$"Expected `URI` but received `{value}`"],
        InputType.Email when !EmailPattern().IsMatch((string)value) => ["The input must be a valid email"],
        InputType.Select or InputType.Enum when !input.AllowCustomValue && options.All(option => option.Value != (string)value) => [Among(options)],
        InputType.Multiselect when !input.AllowCustomValue && ((IReadOnlyList<object?>)value).Any(item => options.All(option => option.Value != render.TextOf(item))) => [Among(options)],
        InputType.File when !IsAllowed(input, (string)value) => [$"it must be one of the file types `[{string.Join(", ", input.AllowedFileExtensions!)}]`"],
        InputType.Array => Count(input, ((IReadOnlyList<object?>)value).Count),
        InputType.Json when input.JsonSchema is { } schema => new JsonSchema(schema is string text ? Data.Parse(text) : schema).Check(value),
        _ => [],
    };

    /// <summary>How many items an ARRAY may have.</summary>
    public static IEnumerable<string> Count(InputDefinition input, int items)
    {
        if (input.Min is { } min && items < Convert.ToInt32(min, CultureInfo.InvariantCulture)) yield return $"it must have at least {min} items";
        if (input.Max is { } max && items > Convert.ToInt32(max, CultureInfo.InvariantCulture)) yield return $"it must have at most {max} items";
    }

    /// <summary>Seconds are left out when they are zero.</summary>
    public static string TimeText(TimeOnly time) => time.Second == 0 && time.Ticks % TimeSpan.TicksPerSecond == 0 ? time.ToString("HH:mm", CultureInfo.InvariantCulture) : time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Pattern(InputDefinition input, string value)
    {
        if (input.Validator is { } pattern && !TextPattern.IsAllOf(value, pattern)) yield return $"it must match the pattern `{pattern}`";
    }

    private static IEnumerable<string> Bounds<T>(InputDefinition input, T value, Func<object, T> read, Func<object, string> print, string it) where T : IComparable<T>
    {
        if (input.Min is { } min && value.CompareTo(read(min)) < 0) yield return $"{it} must be more than `{print(min)}`";
        if (input.Max is { } max && value.CompareTo(read(max)) > 0) yield return $"{it} must be less than `{print(max)}`";
    }

    private static IEnumerable<string> Range<T>(InputDefinition input, T value, Func<string, T> read, Func<T, string> print) where T : IComparable<T>
    {
        if (input.After is { } after && value.CompareTo(read(after)) < 0) yield return $"it must be after `{print(read(after))}`";
        if (input.Before is { } before && value.CompareTo(read(before)) > 0) yield return $"it must be before `{print(read(before))}`";
    }

    private static string Among(IReadOnlyList<InputOption> options) => $"it must match the values `[{string.Join(", ", options.Select(option => option.Value))}]`";

    private static bool IsAllowed(InputDefinition input, string uri) =>
        input.AllowedFileExtensions is not { Count: > 0 } allowed || allowed.Any(extension => uri.EndsWith("." + extension.TrimStart('.'), StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"^[a-z]+:\/\/(?:www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9()]{1,6}\b(?:[-a-zA-Z0-9()@:%_\+.~#?&\/=]*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex UriPattern();

    [GeneratedRegex(@"^$|^[a-zA-Z0-9_!#$%&’*+/=?`{|}~^.-]+@[a-zA-Z0-9.-]+$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex EmailPattern();
}
