using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Conformance;

/// <summary>The words in which the corpus says dates: an ISO date, or one relative to the moment of the test or to the date of the trigger.</summary>
internal static partial class DateWords
{
    public static DateTimeOffset Read(string words, DateTimeOffset now, DateTimeOffset date)
    {
        if (Coming().Match(words) is { Success: true } coming) return Truncated(now, coming.Groups[1].Value) + Unit(coming.Groups[1].Value);
        if (Missed().Match(words) is { Success: true } missed) return Read(missed.Groups[1].Value, now, date);
        if (Moved().Match(words) is { Success: true } moved)
            return Read(moved.Groups[1].Value.Trim('(', ')'), now, date) + (moved.Groups[2].Value == "-" ? -1 : 1) * Duration.Parse(moved.Groups[3].Value);
        if (Cut().Match(words) is { Success: true } cut) return Truncated(Read(cut.Groups[1].Value, now, date), cut.Groups[2].Value);
        return words switch
        {
            "now" => now,
            "date" => date,
            _ => DateTimeOffset.Parse(words.Split('[')[0], CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The zone written after a date in brackets.</summary>
    public static string? ZoneOf(string words) => words.IndexOf('[', StringComparison.Ordinal) is >= 0 and var at ? words[(at + 1)..].TrimEnd(']') : null;

    private static DateTimeOffset Truncated(DateTimeOffset moment, string unit) => new(moment.Ticks / Unit(unit).Ticks * Unit(unit).Ticks, moment.Offset);

    private static TimeSpan Unit(string word) => word == "hour" ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(1);

    [GeneratedRegex(@"^the next (hour|minute)$")]
    private static partial Regex Coming();

    [GeneratedRegex(@"^the latest missed date \((.+)\)$")]
    private static partial Regex Missed();

    [GeneratedRegex(@"^(now|date|\(.+\)) ([+-]) (PT\w+)$")]
    private static partial Regex Moved();

    [GeneratedRegex(@"^(.+) truncated to (?:the )?(hour|minute)$")]
    private static partial Regex Cut();
}
