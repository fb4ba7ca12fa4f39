using System.Globalization;

namespace FlowApps.Expressions.Dates;

/// <summary>Offsets as text.</summary>
internal static class OffsetText
{
    /// <summary><c>+02:00</c>; with <paramref name="zero"/> for no offset (null: <c>+00:00</c>).</summary>
    public static string Colons(TimeSpan offset, string? zero, bool seconds = false) => Of(offset, zero, ":", minutes: true, seconds);

    /// <summary><c>+0200</c></summary>
    public static string Plain(TimeSpan offset, string? zero, bool seconds = false) => Of(offset, zero, "", minutes: true, seconds);

    /// <summary><c>+02</c>, with minutes only when there are some.</summary>
    public static string Hours(TimeSpan offset, string? zero) => Of(offset, zero, "", minutes: offset.Minutes != 0, seconds: false);

    private static string Of(TimeSpan offset, string? zero, string separator, bool minutes, bool seconds)
    {
        if (offset == TimeSpan.Zero && zero is not null) return zero;
        var size = offset.Duration();
        var text = (offset < TimeSpan.Zero ? "-" : "+") + size.Hours.ToString("00", CultureInfo.InvariantCulture);
        if (minutes) text += separator + size.Minutes.ToString("00", CultureInfo.InvariantCulture);
        if (seconds && size.Seconds != 0) text += separator + size.Seconds.ToString("00", CultureInfo.InvariantCulture);
        return text;
    }
}
