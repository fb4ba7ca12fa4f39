using System.Text.Json;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.ValueTests;

/// <summary>What can stand behind <c>is</c> and <c>is not</c>.</summary>
internal static class Checks
{
    public static IEnumerable<Test> All =>
    [
        new("defined", "Whether a variable or attribute exists and is not null.", [], (input, _) => input is not null, "{{ missing is defined }}", "false") { TakesUndefined = true },
        new("empty", "Whether a value is null, blank text, an empty list or an empty map.", [], (input, _) => IsEmpty(input), "{{ '' is empty }}", "true"),
        new("null", "Whether a value is null.", [], (input, _) => input is null, "{{ null is null }}", "true"),
        new("even", "Whether a whole number is even.", [], (input, arguments) => Remainder(input, arguments) == 0, "{{ 2 is even }}", "true"),
        new("odd", "Whether a whole number is odd.", [], (input, arguments) => Remainder(input, arguments) != 0, "{{ 3 is odd }}", "true"),
        new("iterable", "Whether a value is a list.", [], (input, _) => input is IReadOnlyList<object?>, "{{ [1] is iterable }}", "true"),
        new("map", "Whether a value is a map.", [], (input, _) => input is IReadOnlyDictionary<string, object?>, "{{ {'a': 1} is map }}", "true"),
        new("json", "Whether a text is a JSON object or array.", [], (input, _) => input is string text && IsJson(text), "{{ '[1]' is json }}", "true"),
    ];

    public static bool IsEmpty(object? value) => value switch
    {
        null => true,
        string text => string.IsNullOrWhiteSpace(text),
        IReadOnlyDictionary<string, object?> map => map.Count == 0,
        IReadOnlyList<object?> list => list.Count == 0,
        _ => false,
    };

    private static long Remainder(object? input, Arguments arguments) => input switch
    {
        null => throw new ExpressionException($"Can not pass null value to \"{arguments.Name}\" test."),
        int or long => NumberKind.AsLong(input) % 2,
        _ when NumberKind.IsNumber(input) => (long)NumberKind.AsDouble(input) % 2,
        _ => throw new ExpressionException($"\"{arguments.Name}\" tests a number, but got {JavaClass.NameOf(input)}."),
    };

    private static bool IsJson(string text)
    {
        try
        {
            return JsonReader.Parse(text) is IReadOnlyDictionary<string, object?> or IReadOnlyList<object?>;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
