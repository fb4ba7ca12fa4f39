using System.Numerics;
using System.Text.Json;

namespace FlowApps.Expressions.Json;

/// <summary>Reads JSON text into plain values: int where it fits, long, BigInteger, double; maps keep their order.</summary>
internal static class JsonReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 400 };

    /// <summary>Errors: <see cref="JsonException"/>.</summary>
    public static object? Parse(string text)
    {
        using var document = JsonDocument.Parse(text, Options);
        return Read(document.RootElement);
    }

    public static object? Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadMap(element),
        JsonValueKind.Array => ReadList(element),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => ReadNumber(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static OrderedDictionary<string, object?> ReadMap(JsonElement element)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject()) map[property.Name] = Read(property.Value);
        return map;
    }

    private static List<object?> ReadList(JsonElement element)
    {
        var list = new List<object?>(element.GetArrayLength());
        foreach (var item in element.EnumerateArray()) list.Add(Read(item));
        return list;
    }

    private static object ReadNumber(JsonElement element)
    {
        if (element.TryGetInt32(out var small)) return small;
        if (element.TryGetInt64(out var whole)) return whole;
        var text = element.GetRawText();
        return text.AsSpan().IndexOfAny(".eE") < 0 && BigInteger.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var big) ? big : element.GetDouble();
    }
}
