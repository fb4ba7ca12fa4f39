using System.Globalization;
using System.Text.Json;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api;

/// <summary>The few shapes that all answers share: dates in UTC with microseconds (so that text order is time order), durations, labels, plain data.</summary>
public static class JsonWriting
{
    /// <summary>Writes the property only when there is a value.</summary>
    public static void WriteText(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    public static void WriteDate(this Utf8JsonWriter writer, string name, DateTimeOffset? value)
    {
        if (value is not { } date) return;
        // The round-trip form is written several times faster than one of our own; it has a digit more.
        Span<byte> text = stackalloc byte[32];
        date.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        text[length - 2] = (byte)'Z';
        writer.WriteString(name, text[..(length - 1)]);
    }

    public static void WriteDuration(this Utf8JsonWriter writer, string name, TimeSpan? value)
    {
        if (value is not { } duration) return;
        Span<byte> text = stackalloc byte[Duration.MostBytes];
        writer.WriteString(name, text[..Duration.Write(duration, text)]);
    }

    public static void WriteData(this Utf8JsonWriter writer, string name, object? value)
    {
        writer.WritePropertyName(name);
        writer.WriteData(value);
    }

    public static void WriteData(this Utf8JsonWriter writer, object? value) => JsonSerializer.Serialize<object?>(writer, value, Data.Json);

    public static void WriteLabels(this Utf8JsonWriter writer, IReadOnlyList<Label> labels)
    {
        writer.WriteStartArray("labels");
        foreach (var label in labels)
        {
            writer.WriteStartObject();
            writer.WriteString("key", label.Key);
            writer.WriteString("value", label.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void WriteArray<T>(this Utf8JsonWriter writer, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        writer.WriteStartArray();
        foreach (var item in items) write(writer, item);
        writer.WriteEndArray();
    }
}
