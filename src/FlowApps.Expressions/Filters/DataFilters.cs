using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Ion;
using FlowApps.Expressions.Jq;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Yaml;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters that write or query structured data.</summary>
internal static class DataFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("json", "The value as JSON. Older name of toJson.", ["includeNulls?"], ToJson, "{{ [1, 'a'] | json }}", "[1,\"a\"]"),
        new("toJson", "The value as JSON; map entries that are null are left out unless includeNulls=true.", ["includeNulls?"], ToJson, "{{ {'a': [1, null]} | toJson }}", "{\"a\":[1,null]}"),
        new("toIon", "The value as an ION text.", [], (input, arguments) => IonWriter.Of(input, arguments.Evaluation), "{{ {'a': 1} | toIon }}", "{a:1}"),
        new("yaml", "The value as YAML.", [], (input, arguments) => input is null ? "null" : YamlWriter.Of(input, arguments.Evaluation), "{{ {'a': 1} | yaml }}", "a: 1\n"),
        new("jq", "The results of a jq expression on the value (or on the JSON in a text), always as a list.", ["expression"], Query, "{{ {'a': [1, 2]} | jq('.a[1]') }}", "[2]"),
        new("className", "Name of the value's Java type in Kestra.", [], (input, _) => input is null ? null : JavaClass.NameOf(input), "{{ 'a' | className }}", "java.lang.String"),
    ];

    private static object? ToJson(object? input, Arguments arguments) =>
        input is null ? "null" : JsonText.Of(input, arguments.Evaluation, keepNulls: arguments.Flag(0, false));

    private static object? Query(object? input, Arguments arguments) =>
        input is null ? null : JqQuery.Of(arguments.Text(0)).Run(JqInput.Of(input, arguments.Evaluation), arguments.Evaluation);
}
