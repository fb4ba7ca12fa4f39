using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowApps.Domain.Values;

/// <summary>
/// Run-time data (inputs, outputs, variables) as plain .NET values: null, bool, int (when it fits), long, double, string,
/// <c>List&lt;object?&gt;</c> and <c>OrderedDictionary&lt;string, object?&gt;</c>. Key order is kept everywhere, as a flow's author sees it.
/// </summary>
public static class Data
{
    /// <summary>The JSON settings of everything that is stored or sent: camel case, upper-case enum words, nulls left out.</summary>
    public static JsonSerializerOptions Json { get; } = Create();

    public static OrderedDictionary<string, object?> Map() => new(StringComparer.Ordinal);

    public static OrderedDictionary<string, object?> Map(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var map = Map();
        foreach (var (key, value) in entries) map[key] = value;
        return map;
    }

    /// <summary>Reads JSON text into plain values. Errors: <see cref="JsonException"/>.</summary>
    public static object? Parse(string json) => JsonSerializer.Deserialize<object?>(json, Json);

    /// <summary>JSON of plain values, and of records as they are stored.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Json);

    public static object? From(JsonElement element) => DataConverter.Read(element);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            AllowOutOfOrderMetadataProperties = true,
            MaxDepth = 128,
        };
        options.Converters.Add(new DataConverter());
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper));
        return options;
    }
}
