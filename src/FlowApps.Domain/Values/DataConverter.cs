using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowApps.Domain.Values;

/// <summary>Reads and writes <c>object?</c> as plain values (see <see cref="Data"/>); dates and durations are written as ISO-8601 text.</summary>
internal sealed class DataConverter : JsonConverter<object?>
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert == typeof(object) || typeToConvert == typeof(OrderedDictionary<string, object?>) ||
        typeToConvert == typeof(IReadOnlyDictionary<string, object?>) || typeToConvert == typeof(IReadOnlyList<object?>) ||
        typeToConvert == typeof(List<object?>);

    public override bool HandleNull => true;

    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options) => Write(writer, value);

    internal static object? Read(JsonElement element)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(element.GetRawText()));
        reader.Read();
        return Read(ref reader);
    }

    private static object? Read(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.True: return true;
            case JsonTokenType.False: return false;
            case JsonTokenType.String: return reader.GetString();
            case JsonTokenType.Number: return Number(ref reader);
            case JsonTokenType.StartArray:
                var list = new List<object?>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) list.Add(Read(ref reader));
                return list;
            case JsonTokenType.StartObject:
                var map = Data.Map();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = reader.GetString()!;
                    reader.Read();
                    map[key] = Read(ref reader);
                }
                return map;
            default: throw new JsonException($"Unexpected {reader.TokenType}.");
        }
    }

    private static object Number(ref Utf8JsonReader reader)
    {
        if (reader.TryGetInt32(out var i)) return i;
        if (reader.TryGetInt64(out var l)) return l;
        var text = System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
        return text.AsSpan().ContainsAny('.', 'e', 'E')
            ? double.Parse(text, CultureInfo.InvariantCulture)
            : BigInteger.Parse(text, CultureInfo.InvariantCulture);
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string s: writer.WriteStringValue(s); break;
            case bool b: writer.WriteBooleanValue(b); break;
            case int i: writer.WriteNumberValue(i); break;
            case long l: writer.WriteNumberValue(l); break;
            case double d when double.IsFinite(d): WriteReal(writer, d.ToString("R", CultureInfo.InvariantCulture)); break;
            case float f when float.IsFinite(f): WriteReal(writer, f.ToString("R", CultureInfo.InvariantCulture)); break;
            case double or float: writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); break;
            case decimal m: writer.WriteNumberValue(m); break;
            case BigInteger big: writer.WriteRawValue(big.ToString(CultureInfo.InvariantCulture)); break;
            case JsonElement element: element.WriteTo(writer); break;
            case TimeSpan duration: writer.WriteStringValue(Duration.Write(duration)); break;
            case DateTimeOffset instant: writer.WriteStringValue(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal)); break;
            case DateTime local: writer.WriteStringValue(local.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture)); break;
            case DateOnly date: writer.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: writer.WriteStringValue(time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)); break;
            case Uri uri: writer.WriteStringValue(uri.OriginalString); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(writer, map); break;
            case IDictionary<string, string> texts: WriteMap(writer, texts.ToDictionary(e => e.Key, e => (object?)e.Value)); break;
            case IReadOnlyDictionary<string, string> texts: WriteMap(writer, texts.ToDictionary(e => e.Key, e => (object?)e.Value)); break;
            case byte or sbyte or short or ushort or uint: writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong u: writer.WriteNumberValue(u); break;
            case Enum word: writer.WriteStringValue(JsonNamingPolicy.SnakeCaseUpper.ConvertName(word.ToString())); break;
            case IEnumerable list:
                writer.WriteStartArray();
                foreach (var item in list) Write(writer, item);
                writer.WriteEndArray();
                break;
            default: throw new JsonException($"A value of type {value.GetType().Name} is not plain data.");
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> map)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in map)
        {
            writer.WritePropertyName(key);
            Write(writer, item);
        }
        writer.WriteEndObject();
    }

    /// <summary>A real number stays real when it is read back: 3.0 is written 3.0, not 3.</summary>
    private static void WriteReal(Utf8JsonWriter writer, string text) =>
        writer.WriteRawValue(text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0");
}
