using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace FlowApps.Domain.Values;

/// <summary>ISO-8601 durations (PT5M, P1DT2H) to and from <see cref="TimeSpan"/>; months and years are refused, as their length is not fixed.</summary>
public static class Duration
{
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        var trimmed = text?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(trimmed)) return false;
        try
        {
            var weeks = trimmed.StartsWith('P') && trimmed.EndsWith('W');
            duration = weeks
                ? TimeSpan.FromDays(7 * int.Parse(trimmed.AsSpan(1, trimmed.Length - 2), CultureInfo.InvariantCulture))
                : XmlConvert.ToTimeSpan(trimmed);
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Errors: <see cref="FormatException"/> naming the text and the expected form.</summary>
    public static TimeSpan Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new FormatException($"'{text}' is not an ISO-8601 duration such as PT30S, PT5M or P1D.");

    /// <summary>Hours are the largest unit, as Java's Duration prints it (PT49H0.5S).</summary>
    public static string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "PT0S";
        var text = new StringBuilder("PT");
        var hours = value.Ticks / TimeSpan.TicksPerHour;
        if (hours != 0) text.Append(CultureInfo.InvariantCulture, $"{hours}H");
        if (value.Minutes != 0) text.Append(CultureInfo.InvariantCulture, $"{value.Minutes}M");
        var seconds = (decimal)(value.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        if (seconds != 0) text.Append(seconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
        return text.ToString();
    }
}

internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Duration.TryParse(reader.GetString(), out var duration) ? duration : throw new JsonException("Expected an ISO-8601 duration.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Duration.Write(value));
}
