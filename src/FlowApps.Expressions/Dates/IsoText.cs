using System.Globalization;
using System.Text;

namespace FlowApps.Expressions.Dates;

/// <summary>Date types as Java prints them: seconds left out when zero (not for instants), fractions in groups of three digits.</summary>
internal static class IsoText
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static string Of(object value) => value switch
    {
        DateTimeOffset at => LocalText(at.DateTime) + OffsetText.Colons(at.Offset, "Z", seconds: true),
        DateTime { Kind: DateTimeKind.Utc } instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss", Plain) + Groups(instant.Ticks) + "Z",
        DateTime local => LocalText(local),
        DateOnly date => date.ToString("yyyy-MM-dd", Plain),
        TimeOnly time => time.ToString("HH:mm", Plain) + Seconds(time.Ticks),
        TimeSpan span => Duration(span),
        _ => throw new ArgumentException($"{value.GetType().Name} is not a date type."),
    };

    /// <summary>As JSON carries them: seconds always, fractions without trailing zeros.</summary>
    public static string Json(object value) => value switch
    {
        DateTimeOffset at => Full(at.DateTime) + OffsetText.Colons(at.Offset, "Z", seconds: true),
        DateTime { Kind: DateTimeKind.Utc } => Of(value),
        DateTime local => Full(local),
        TimeOnly time => time.ToString("HH:mm:ss", Plain) + Trimmed(time.Ticks),
        _ => Of(value),
    };

    /// <summary><c>PT1H2M3.5S</c>: hours at most, as <c>java.time.Duration</c>.</summary>
    public static string Duration(TimeSpan span)
    {
        if (span == TimeSpan.Zero) return "PT0S";
        var text = new StringBuilder("PT");
        var hours = span.Ticks / TimeSpan.TicksPerHour;
        var minutes = span.Ticks / TimeSpan.TicksPerMinute % 60;
        var rest = span.Ticks % TimeSpan.TicksPerMinute;
        if (hours != 0) text.Append(Plain, $"{hours}H");
        if (minutes != 0) text.Append(Plain, $"{minutes}M");
        if (rest == 0) return text.ToString();
        if (rest < 0) text.Append('-');
        text.Append(Plain, $"{Math.Abs(rest) / TimeSpan.TicksPerSecond}");
        return text.Append(Trimmed(Math.Abs(rest))).Append('S').ToString();
    }

    /// <summary><c>.123</c> without trailing zeros, or nothing.</summary>
    public static string Trimmed(long ticks)
    {
        var fraction = Math.Abs(ticks % TimeSpan.TicksPerSecond);
        return fraction == 0 ? "" : "." + fraction.ToString("0000000", Plain).TrimEnd('0');
    }

    /// <summary><c>.123</c>, <c>.123456</c> or <c>.123456700</c>, or nothing.</summary>
    public static string Groups(long ticks)
    {
        var trimmed = Trimmed(ticks);
        return trimmed.Length == 0 ? "" : trimmed.PadRight(1 + ((trimmed.Length + 1) / 3 * 3), '0');
    }

    private static string LocalText(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm", Plain) + Seconds(local.Ticks);

    private static string Full(DateTime local) => local.ToString("yyyy-MM-dd'T'HH:mm:ss", Plain) + Trimmed(local.Ticks);

    private static string Seconds(long ticks)
    {
        var inMinute = ticks % TimeSpan.TicksPerMinute;
        return inMinute == 0 ? "" : ":" + (inMinute / TimeSpan.TicksPerSecond).ToString("00", Plain) + Groups(ticks);
    }
}
