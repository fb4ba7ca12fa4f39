using System.Text.Json;
using System.Text.RegularExpressions;
using FlowApps.Domain.Values;

namespace FlowApps.Yaml.Tests.Schema;

/// <summary>As much of JSON Schema (draft-07) as our schemas use, to hold them against texts that the readers accept.</summary>
internal sealed class JsonSchemaCheck(string schema)
{
    private readonly JsonElement root = JsonDocument.Parse(schema).RootElement;

    public IReadOnlyList<string> Violations(object? data)
    {
        var found = new List<string>();
        Check(root, JsonDocument.Parse(Data.Write(data)).RootElement, "$", found);
        return found;
    }

    public JsonElement Resolve(string reference) => root.GetProperty("definitions").GetProperty(reference["#/definitions/".Length..]);

    private void Check(JsonElement schema, JsonElement value, string path, List<string> found)
    {
        if (schema.TryGetProperty("$ref", out var reference)) Check(Resolve(reference.GetString()!), value, path, found);
        if (schema.TryGetProperty("allOf", out var all))
            foreach (var one in all.EnumerateArray()) Check(one, value, path, found);
        if (schema.TryGetProperty("anyOf", out var any) && !any.EnumerateArray().Any(one => Fits(one, value, path))) found.Add($"{path}: fits no alternative: {value}");
        if (schema.TryGetProperty("if", out var condition) && Fits(condition, value, path)) Check(schema.GetProperty("then"), value, path, found);
        if (schema.TryGetProperty("type", out var type) && value.ValueKind != JsonValueKind.Null && !IsOf(type, value)) found.Add($"{path}: is not {type}: {value}");
        if (schema.TryGetProperty("enum", out var words) && !words.EnumerateArray().Any(w => w.GetString() == value.ToString())) found.Add($"{path}: is not one of the words: {value}");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.ToString(), pattern.GetString()!)) found.Add($"{path}: does not match {pattern}");
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var (i, item) in value.EnumerateArray().Index()) Check(items, item, $"{path}[{i}]", found);
        if (value.ValueKind == JsonValueKind.Object) CheckMap(schema, value, path, found);
    }

    private void CheckMap(JsonElement schema, JsonElement value, string path, List<string> found)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) found.Add($"{path}: has no {name}");
        foreach (var property in value.EnumerateObject())
        {
            if (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var own)) Check(own, property.Value, $"{path}.{property.Name}", found);
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.False) found.Add($"{path}: has no property {property.Name}");
            else if (others.ValueKind == JsonValueKind.Object) Check(others, property.Value, $"{path}.{property.Name}", found);
        }
    }

    private bool Fits(JsonElement schema, JsonElement value, string path)
    {
        var found = new List<string>();
        Check(schema, value, path, found);
        return found.Count == 0;
    }

    private static bool IsOf(JsonElement type, JsonElement value) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(t => IsOf(t, value))
        : type.GetString() switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            "number" => value.ValueKind == JsonValueKind.Number,
            "array" => value.ValueKind == JsonValueKind.Array,
            "object" => value.ValueKind == JsonValueKind.Object,
            var other => throw new InvalidOperationException($"Unknown schema type {other}"),
        };
}
