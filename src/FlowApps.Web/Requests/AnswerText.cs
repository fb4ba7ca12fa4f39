using System.Globalization;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Requests;

/// <summary>A value as people read it.</summary>
public static class AnswerText
{
    public const string Hidden = "••••••";

    public static string Of(object? value, InputType? type = null) => (type, value) switch
    {
        (_, null or "") => "–",
        (InputType.Secret, _) => Hidden,
        (InputType.Date, string text) when DateOnly.TryParse(text, CultureInfo.InvariantCulture, out var date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture),
        (InputType.Duration, string text) when Duration.TryParse(text, out var duration) => Look.Durations.Words(duration),
        (_, bool flag) => flag ? "Yes" : "No",
        (_, string text) => text,
        (_, int or long) => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture),
        (_, double or float or decimal) => Convert.ToDecimal(value, CultureInfo.InvariantCulture).ToString("#,0.##", CultureInfo.InvariantCulture),
        (_, IReadOnlyDictionary<string, object?> map) when IsSecret(map) => Hidden,
        (_, IReadOnlyList<object?> rows) when rows.Count > 0 && rows.All(row => row is IReadOnlyDictionary<string, object?>) =>
            string.Join("; ", rows.Cast<IReadOnlyDictionary<string, object?>>().Select(row => string.Join(", ", row.Values.Where(cell => cell is not null and not "").Select(cell => Of(cell))))),
        (_, IReadOnlyList<object?> list) => list.Count == 0 ? "–" : string.Join(", ", list.Select(item => Of(item))),
        (_, IReadOnlyDictionary<string, object?> map) => map.Count == 0 ? "–" : string.Join("; ", map.Select(pair => $"{TaskWords.Of(pair.Key)}: {Inner(pair.Value)}")),
        (_, IFormattable formattable) => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "–",
    };

    private static string Inner(object? value) => value is IReadOnlyDictionary<string, object?> { Count: > 0 } map && !IsSecret(map) ? $"({Of(value)})" : Of(value);

    /// <summary>An encrypted value (kestra-semantics 12.5) shows nothing of itself.</summary>
    private static bool IsSecret(IReadOnlyDictionary<string, object?> map) =>
        map.TryGetValue("type", out var type) && type is string text && text.EndsWith("aes_encrypted", StringComparison.Ordinal);
}
