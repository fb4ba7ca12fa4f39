using System.Globalization;
using FlowApps.Domain.Values;
using Items = System.Collections.Generic.IReadOnlyList<object?>;
using Map = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlowApps.Engine.Inputs;

/// <summary>
/// Checks data against a JSON Schema (2020-12): types, enums, bounds, patterns, objects, arrays, combinations, <c>$ref</c> within the schema. Formats and annotations are not checked, as the
/// specification allows.
/// </summary>
internal sealed class JsonSchema(object? root)
{
    private const int Deepest = 64;

    /// <summary>What is wrong, each with its place (<c>$.items[0].name</c>); empty when the data meets the schema.</summary>
    public IReadOnlyList<string> Check(object? data)
    {
        var found = new List<string>();
        Check(root, data, "$", found, 0);
        return found;
    }

    private void Check(object? schema, object? data, string at, List<string> found, int depth)
    {
        if (depth > Deepest) throw new FormatException("the JSON schema refers to itself without an end");
        if (schema is false) found.Add($"{at} is not allowed");
        if (schema is not Map rules) return;
        if (rules.GetValueOrDefault("$ref") is string reference) Check(Resolve(reference), data, at, found, depth + 1);
        if (rules.TryGetValue("type", out var type) && !Types(type).Any(name => IsOf(name, data))) found.Add($"{at} must be {string.Join(" or ", Types(type))}");
        if (rules.GetValueOrDefault("enum") is Items allowed && !allowed.Any(item => Same(item, data))) found.Add($"{at} must be one of {Data.Write(allowed)}");
        if (rules.TryGetValue("const", out var constant) && !Same(constant, data)) found.Add($"{at} must be {Data.Write(constant)}");
        Combine(rules, data, at, found, depth);
        switch (data)
        {
            case string text: CheckText(rules, text, at, found); break;
            case Map map: CheckObject(rules, map, at, found, depth); break;
            case Items items: CheckArray(rules, items, at, found, depth); break;
            case int or long or double or decimal or float or System.Numerics.BigInteger: CheckNumber(rules, Number(data), at, found); break;
        }
    }

    private void Combine(Map rules, object? data, string at, List<string> found, int depth)
    {
        foreach (var part in rules.GetValueOrDefault("allOf") as Items ?? []) Check(part, data, at, found, depth + 1);
        if (rules.GetValueOrDefault("anyOf") is Items any && !any.Any(part => Meets(part, data, depth))) found.Add($"{at} meets none of the alternatives");
        if (rules.GetValueOrDefault("oneOf") is Items one && one.Count(part => Meets(part, data, depth)) != 1) found.Add($"{at} must meet exactly one of the alternatives");
        if (rules.TryGetValue("not", out var not) && Meets(not, data, depth)) found.Add($"{at} is what it must not be");
        if (rules.TryGetValue("if", out var condition)) Check(rules.GetValueOrDefault(Meets(condition, data, depth) ? "then" : "else"), data, at, found, depth + 1);
    }

    private bool Meets(object? schema, object? data, int depth)
    {
        var found = new List<string>();
        Check(schema, data, "$", found, depth + 1);
        return found.Count == 0;
    }

    private static void CheckText(Map rules, string text, string at, List<string> found)
    {
        var length = new StringInfo(text).LengthInTextElements;
        if (Limit(rules, "minLength") is { } min && length < min) found.Add($"{at} must have at least {min} characters");
        if (Limit(rules, "maxLength") is { } max && length > max) found.Add($"{at} must have at most {max} characters");
        if (rules.GetValueOrDefault("pattern") is string pattern && !TextPattern.IsIn(text, pattern)) found.Add($"{at} must match the pattern {pattern}");
    }

    private static void CheckNumber(Map rules, decimal number, string at, List<string> found)
    {
        if (Limit(rules, "minimum") is { } min && number < min) found.Add($"{at} must be at least {min}");
        if (Limit(rules, "maximum") is { } max && number > max) found.Add($"{at} must be at most {max}");
        if (Limit(rules, "exclusiveMinimum") is { } above && number <= above) found.Add($"{at} must be more than {above}");
        if (Limit(rules, "exclusiveMaximum") is { } below && number >= below) found.Add($"{at} must be less than {below}");
        if (Limit(rules, "multipleOf") is { } step && step > 0 && number % step != 0) found.Add($"{at} must be a multiple of {step}");
    }

    private void CheckObject(Map rules, Map map, string at, List<string> found, int depth)
    {
        foreach (var name in (rules.GetValueOrDefault("required") as Items ?? []).OfType<string>())
            if (!map.ContainsKey(name)) found.Add($"{at}.{name} is missing");
        if (Limit(rules, "minProperties") is { } min && map.Count < min) found.Add($"{at} must have at least {min} entries");
        if (Limit(rules, "maxProperties") is { } max && map.Count > max) found.Add($"{at} must have at most {max} entries");
        var named = rules.GetValueOrDefault("properties") as Map;
        var patterns = rules.GetValueOrDefault("patternProperties") as Map;
        foreach (var (key, value) in map)
        {
            var place = $"{at}.{key}";
            var known = false;
            if (named is not null && named.TryGetValue(key, out var own))
            {
                known = true;
                Check(own, value, place, found, depth + 1);
            }
            foreach (var (pattern, schema) in patterns ?? Data.Map())
                if (TextPattern.IsIn(key, pattern))
                {
                    known = true;
                    Check(schema, value, place, found, depth + 1);
                }
            if (!known && rules.TryGetValue("additionalProperties", out var rest)) Check(rest, value, place, found, depth + 1);
            if (rules.TryGetValue("propertyNames", out var names)) Check(names, key, place, found, depth + 1);
        }
        foreach (var (key, needed) in rules.GetValueOrDefault("dependentRequired") as Map ?? Data.Map())
            if (map.ContainsKey(key))
                found.AddRange((needed as Items ?? []).OfType<string>().Where(name => !map.ContainsKey(name)).Select(name => $"{at}.{name} is missing"));
    }

    private void CheckArray(Map rules, Items items, string at, List<string> found, int depth)
    {
        if (Limit(rules, "minItems") is { } min && items.Count < min) found.Add($"{at} must have at least {min} items");
        if (Limit(rules, "maxItems") is { } max && items.Count > max) found.Add($"{at} must have at most {max} items");
        if (rules.GetValueOrDefault("uniqueItems") is true && items.Select(Data.Write).Distinct(StringComparer.Ordinal).Count() < items.Count) found.Add($"{at} must not have the same item twice");
        var first = rules.GetValueOrDefault("prefixItems") as Items ?? [];
        for (var i = 0; i < items.Count; i++)
        {
            if (i < first.Count) Check(first[i], items[i], $"{at}[{i}]", found, depth + 1);
            else if (rules.TryGetValue("items", out var each)) Check(each, items[i], $"{at}[{i}]", found, depth + 1);
        }
        if (rules.TryGetValue("contains", out var wanted) && !items.Any(item => Meets(wanted, item, depth))) found.Add($"{at} lacks a wanted item");
    }

    private object? Resolve(string reference)
    {
        if (!reference.StartsWith('#')) throw new FormatException($"the JSON schema refers to '{reference}', which is outside of it");
        var place = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
            place = place is Map map && map.TryGetValue(Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out var inner) ? inner
                : throw new FormatException($"the JSON schema has no '{reference}'");
        return place;
    }

    private static IEnumerable<string> Types(object? type) => type is Items many ? many.OfType<string>() : [type as string ?? ""];

    private static bool IsOf(string type, object? data) => type switch
    {
        "null" => data is null,
        "boolean" => data is bool,
        "string" => data is string,
        "object" => data is Map,
        "array" => data is Items,
        "integer" => data is int or long or System.Numerics.BigInteger || data is double d && d == Math.Floor(d),
        "number" => data is int or long or double or float or decimal or System.Numerics.BigInteger,
        _ => throw new FormatException($"the JSON schema has an unknown type '{type}'"),
    };

    private static bool Same(object? left, object? right) =>
        IsOf("number", left) && IsOf("number", right) ? Number(left!) == Number(right!) : Data.Write(left) == Data.Write(right);

    private static decimal? Limit(Map rules, string name) => rules.GetValueOrDefault(name) is { } value && IsOf("number", value) ? Number(value) : null;

    private static decimal Number(object value)
    {
        try
        {
            return value is System.Numerics.BigInteger big ? (decimal)big : Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            return Convert.ToDouble(value, CultureInfo.InvariantCulture) < 0 ? decimal.MinValue : decimal.MaxValue;
        }
    }
}
