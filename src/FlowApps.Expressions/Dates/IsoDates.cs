using System.Globalization;
using System.Text.RegularExpressions;

namespace FlowApps.Expressions.Dates;

/// <summary>Reads ISO 8601 date-times with offset, without, and dates.</summary>
internal static partial class IsoDates
{
    /// <summary>Errors: anything else, in the words of Java.</summary>
    public static Moment Read(string text, Zone zone) =>
        TryRead(text, zone, out var moment, out _) ? moment : throw NotParsed(text);

    /// <summary><paramref name="hasTime"/> is false for a bare date.</summary>
    public static bool TryRead(string text, Zone zone, out Moment moment, out bool hasTime)
    {
        moment = default;
        var match = DateTimePattern().Match(text);
        hasTime = match.Groups["time"].Success;
        if (!match.Success || !TryReadClock(match, out var local)) return false;
        if (!match.Groups["offset"].Success)
        {
            moment = Moment.OfLocal(local, zone);
            return true;
        }
        var at = new DateTimeOffset(local, Zone.Of(match.Groups["offset"].Value).OffsetAt(default));
        moment = match.Groups["region"].Success ? new Moment(at, Zone.Utc).In(Zone.Of(match.Groups["region"].Value)) : new Moment(at, Zone.OfOffset(at.Offset));
        return true;
    }

    /// <summary>Ticks of the digits after a decimal point.</summary>
    public static long Fraction(ReadOnlySpan<char> digits)
    {
        long ticks = 0;
        for (var i = 0; i < 7; i++) ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    public static ExpressionException NotParsed(string text, int index = 0) =>
        new($"Text '{(text.Length > 100 ? text[..100] + "…" : text)}' could not be parsed at index {index}");

    private static bool TryReadClock(Match match, out DateTime local)
    {
        int Part(string name) => match.Groups[name].Success ? int.Parse(match.Groups[name].ValueSpan, CultureInfo.InvariantCulture) : 0;
        local = default;
        var (year, month, day, hour, minute, second) = (Part("y"), Part("mo"), Part("d"), Part("h"), Part("mi"), Part("s"));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        local = new DateTime(year, month, day, hour, minute, second).AddTicks(Fraction(match.Groups["f"].ValueSpan));
        return true;
    }

    [GeneratedRegex(@"^(?<y>[0-9]{4})-(?<mo>[0-9]{2})-(?<d>[0-9]{2})(?<time>[Tt](?<h>[0-9]{2}):(?<mi>[0-9]{2})(?::(?<s>[0-9]{2})(?:\.(?<f>[0-9]{1,9}))?)?(?:(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\[(?<region>[^\]]+)\])?)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DateTimePattern();
}
