using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace FlowApps.Domain.Values;

/// <summary>ISO-8601 durations (PT5M, P1DT2H) to and from <see cref="TimeSpan"/>; months and years are refused, as their length is not fixed.</summary>
public static class Duration
{
    /// <summary>How long a duration can be when it is written.</summary>
    public const int MostBytes = 48;

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
        Span<byte> text = stackalloc byte[MostBytes];
        return Encoding.ASCII.GetString(text[..Write(value, text)]);
    }

    /// <summary>The same in ASCII into <paramref name="text"/>, which has room for <see cref="MostBytes"/>; returns how many there are.</summary>
    public static int Write(TimeSpan value, Span<byte> text)
    {
        var length = 0;
        Put(text, 'P', ref length);
        Put(text, 'T', ref length);
        Part(text, value.Ticks / TimeSpan.TicksPerHour, 'H', ref length);
        Part(text, value.Minutes, 'M', ref length);
        var (seconds, fraction) = (value.Seconds, (int)(value.Ticks % TimeSpan.TicksPerSecond));
        if (fraction == 0 && value != TimeSpan.Zero)
        {
            Part(text, seconds, 'S', ref length);
            return length;
        }
        if (seconds == 0 && fraction < 0) Put(text, '-', ref length);
        Number(text, seconds, ref length);
        if (fraction != 0)
        {
            Put(text, '.', ref length);
            Math.Abs(fraction).TryFormat(text[length..], out var digits, "D7", CultureInfo.InvariantCulture);
            length += digits;
            while (text[length - 1] == '0') length--;
        }
        Put(text, 'S', ref length);
        return length;
    }

    private static void Part(Span<byte> text, long number, char unit, ref int length)
    {
        if (number == 0) return;
        Number(text, number, ref length);
        Put(text, unit, ref length);
    }

    private static void Number(Span<byte> text, long number, ref int length)
    {
        number.TryFormat(text[length..], out var digits, default, CultureInfo.InvariantCulture);
        length += digits;
    }

    private static void Put(Span<byte> text, char letter, ref int length) => text[length++] = (byte)letter;
}

internal sealed class DurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Duration.TryParse(reader.GetString(), out var duration) ? duration : throw new JsonException("Expected an ISO-8601 duration.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Duration.Write(value));
}
