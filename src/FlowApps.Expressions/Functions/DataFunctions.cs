using System.Text.Json;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Ion;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Yaml;

namespace FlowApps.Expressions.Functions;

/// <summary>Functions that read structured data out of text.</summary>
internal static class DataFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("json", "A JSON text as a value. Older name of fromJson.", ["json"], FromJson, "{{ json('[1, 2]')[1] }}", "2"),
        new("fromJson", "A JSON text as a value.", ["json"], FromJson, "{{ fromJson('{\"a\": {\"b\": 1}}').a.b }}", "1"),
        new("yaml", "The first document of a YAML text as a value.", ["yaml"], FromYaml, "{{ yaml('a: [1, 2]').a[0] }}", "1"),
        new("fromIon", "The first value of an ION text, or all of them with allRows=true.", ["ion", "allRows?"], FromIon, "{{ fromIon('{a:1}').a }}", "1"),
    ];

    private static object? FromJson(Arguments arguments)
    {
        if (arguments.Required(0) is null) return null;
        var text = arguments.Text(0);
        arguments.Evaluation.BurnText(text.Length);
        try
        {
            return JsonReader.Parse(text);
        }
        catch (JsonException failure)
        {
            throw new ExpressionException($"Invalid json (line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1})", failure);
        }
    }

    private static object? FromYaml(Arguments arguments)
    {
        var text = arguments.Text(0);
        arguments.Evaluation.BurnText(text.Length);
        return YamlReader.Parse(text, arguments.Evaluation);
    }

    private static object? FromIon(Arguments arguments)
    {
        if (arguments.Required(0) is null) return null;
        var text = arguments.Text(0);
        arguments.Evaluation.BurnText(text.Length);
        var values = IonReader.ReadAll(text);
        return arguments.Flag(1, false) ? values.ToList() : values.FirstOrDefault();
    }
}
