using System.Globalization;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api;

/// <summary>Reads dates, durations and labels in query strings; a wrong one is refused by name.</summary>
public static class QueryText
{
    /// <summary>An ISO-8601 date-time; a zone name in brackets is passed over, and a plus that was not escaped is taken as meant.</summary>
    public static DateTimeOffset? Date(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = text.Split('[')[0].Trim().Replace(' ', '+');
        return DateTimeOffset.TryParse(plain, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date)
            ? date
            : throw Wrong(name, text, "an ISO-8601 date-time such as 2030-01-31T12:00:00Z");
    }

    public static TimeSpan? Period(string name, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : Duration.TryParse(text, out var duration) ? duration
        : throw Wrong(name, text, "an ISO-8601 duration such as PT24H");

    /// <summary>Labels as <c>key:value</c>; the value may hold colons.</summary>
    public static IReadOnlyList<Label> Labels(string name, IEnumerable<string?>? texts) => (texts ?? [])
        .Where(text => !string.IsNullOrEmpty(text))
        .Select(text => text!.Split(':', 2) is [{ Length: > 0 } key, { Length: > 0 } value] ? new Label(key, value) : throw Wrong(name, text, "a label, key:value"))
        .ToList();

    private static RefusedException Wrong(string name, string text, string wanted) =>
        new(RefusalKind.Invalid, [new Problem("invalid_parameter", $"'{text}' is not {wanted}.", name)]);
}
