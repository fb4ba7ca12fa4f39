using System.Text.Json;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Jq;

/// <summary>Built-ins about types, paths and control.</summary>
internal static class JqCore
{
    public static IEnumerable<KeyValuePair<string, JqRun>> All =>
    [
        new("empty/0", (_, _, _) => []),
        new("error/0", (input, _, scope) => [Raise<object?>(input, scope)]),
        new("error/1", (input, arguments, scope) => arguments[0].Run(input, scope).Select(value => Raise<object?>(value, scope))),
        new("path/1", (input, arguments, scope) => arguments[0].Places(new JqPlace(null, input), scope).Select(object? (place) => JqPath.ToList(place.Path))),
        new("limit/2", (input, arguments, scope) => Limit(arguments[0].Run(input, scope), () => arguments[1].Run(input, scope))),
        new("any/2", (input, arguments, scope) => [arguments[0].Run(input, scope).Any(value => arguments[1].Run(value, scope).Any(JqValues.IsTrue))]),
        new("all/2", (input, arguments, scope) => [arguments[0].Run(input, scope).All(value => arguments[1].Run(value, scope).All(JqValues.IsTrue))]),
        JqBuiltins.Plain("type", (input, _) => JqValues.TypeOf(input)),
        JqBuiltins.Plain("length", Length),
        JqBuiltins.Plain("tostring", (input, scope) => input is string ? input : JsonText.Of(input, scope.Evaluation, keepNulls: true)),
        JqBuiltins.Plain("tojson", (input, scope) => JsonText.Of(input, scope.Evaluation, keepNulls: true)),
        JqBuiltins.Plain("fromjson", FromJson),
        JqBuiltins.Plain("tonumber", ToNumber),
        JqBuiltins.With("has", Has),
        JqBuiltins.With("contains", (input, part, scope) => Contains(input, part, scope)),
        JqBuiltins.With("getpath", (input, path, scope) => JqAccess.GetPath(input, AsPath(path), scope.Evaluation)),
        JqBuiltins.With("setpath", (input, path, value, scope) => JqAccess.SetPath(input, AsPath(path), 0, value, scope.Evaluation)),
        JqBuiltins.With("delpaths", (input, paths, scope) => JqAccess.DeletePaths(input, AsPath(paths), scope)),
    ];

    public static T Raise<T>(object? value, JqScope scope) =>
        throw new JqError(value, value as string ?? JsonText.Of(value, scope.Evaluation, keepNulls: true) + " (not a string)");

    public static IEnumerable<T> Limit<T>(IEnumerable<object?> counts, Func<IEnumerable<T>> run)
    {
        foreach (var count in counts)
        {
            if (!NumberKind.IsNumber(count)) throw JqValues.Error("limit needs a number");
            var most = (int)Math.Clamp(NumberKind.AsDouble(count), 0, int.MaxValue);
            if (most == 0) continue;
            foreach (var result in run().Take(most)) yield return result;
        }
    }

    private static object? Length(object? input, JqScope scope) => input switch
    {
        null => 0,
        string text => text.Length - text.Count(char.IsLowSurrogate),
        IReadOnlyList<object?> list => list.Count,
        IReadOnlyDictionary<string, object?> map => map.Count,
        _ when NumberKind.IsNumber(input) => NumberKind.AsDouble(input) < 0 ? JqValues.Subtract(0, input, scope) : input,
        _ => throw JqValues.Error($"{JqValues.Show(input, scope)} has no length"),
    };

    private static object? FromJson(object? input, JqScope scope)
    {
        if (input is not string text) throw JqValues.Error($"{JqValues.Show(input, scope)} cannot be parsed as JSON");
        scope.Evaluation.BurnText(text.Length);
        try
        {
            return JsonReader.Parse(text);
        }
        catch (JsonException)
        {
            throw JqValues.Error($"{JqValues.Show(input, scope)} cannot be parsed as JSON");
        }
    }

    private static object? ToNumber(object? input, JqScope scope) => input switch
    {
        _ when NumberKind.IsNumber(input) => input,
        string text when double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) =>
            long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var whole) ? JqValues.Whole(whole) : JqValues.Number(number),
        _ => throw JqValues.Error($"{JqValues.Show(input, scope)} cannot be parsed as a number"),
    };

    private static object? Has(object? input, object? key, JqScope scope) => (input, key) switch
    {
        (IReadOnlyDictionary<string, object?> map, string name) => map.ContainsKey(name),
        (IReadOnlyList<object?> list, _) when NumberKind.IsNumber(key) => NumberKind.AsDouble(key) >= 0 && NumberKind.AsDouble(key) < list.Count,
        _ => throw JqValues.Error($"Cannot check whether {JqValues.TypeOf(input)} has a {JqValues.TypeOf(key)} key"),
    };

    private static bool Contains(object? whole, object? part, JqScope scope)
    {
        scope.Step();
        return (whole, part) switch
        {
            (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) => b.All(entry => a.TryGetValue(entry.Key, out var value) && Contains(value, entry.Value, scope)),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => b.All(item => a.Any(candidate => JqValues.TypeOf(candidate) == JqValues.TypeOf(item) && Contains(candidate, item, scope))),
            (string a, string b) => a.Contains(b, StringComparison.Ordinal),
            _ when JqValues.TypeOf(whole) == JqValues.TypeOf(part) => JqValues.Compare(whole, part, scope.Evaluation) == 0,
            _ => throw JqValues.Error($"{JqValues.Show(whole, scope)} and {JqValues.Show(part, scope)} cannot have their containment checked"),
        };
    }

    private static IReadOnlyList<object?> AsPath(object? path) => path as IReadOnlyList<object?> ?? throw JqValues.Error("Path must be specified as an array");
}
