namespace FlowApps.Engine.Triggers;

/// <summary>Time zones by IANA name or offset.</summary>
public static class TimeZones
{
    /// <summary>Errors: <see cref="FormatException"/> that names the zone.</summary>
    public static TimeZoneInfo Find(string? id)
    {
        if (string.IsNullOrEmpty(id)) return TimeZoneInfo.Local;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)) return zone;
        var digits = id.StartsWith("UTC", StringComparison.Ordinal) || id.StartsWith("GMT", StringComparison.Ordinal) ? id[3..] : id;
        if (digits.Length > 1 && digits[0] is '+' or '-' && TimeSpan.TryParse(digits[1..] + (digits.Contains(':', StringComparison.Ordinal) ? "" : ":00"), System.Globalization.CultureInfo.InvariantCulture, out var offset) && offset < TimeSpan.FromHours(15))
            return TimeZoneInfo.CreateCustomTimeZone(id, digits[0] == '-' ? -offset : offset, id, id);
        throw new FormatException($"'{id}' is not a valid time-zone ID");
    }
}
