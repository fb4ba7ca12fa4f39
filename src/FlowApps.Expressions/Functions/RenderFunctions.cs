using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Rendering;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Functions;

/// <summary>Functions about the rendering itself.</summary>
internal static class RenderFunctions
{
    public static IEnumerable<Function> All =>
    [
        new("render", "Renders a text, or the texts of a map or list, until nothing changes; once with recursive=false.", ["toRender", "recursive?"],
            arguments => Render(arguments, arguments.Flag(1, true)), "{% set a = '{{ 1 + 1 }}' %}{{ render(a) }}", "2") { OnlyWithoutRecursion = true },
        new("renderOnce", "Renders a text, or the texts of a map or list, once.", ["toRender"],
            arguments => Render(arguments, false), "{% set a = '{{ 1 + 1 }}' %}{{ renderOnce(a) }}", "2") { OnlyWithoutRecursion = true },
        new("block", "Writes a block of this template again.", ["name"], Block, "{% block a %}x{% endblock %}{{ block('a') }}", "xx"),
        new("parent", "The block of a parent template; flows have none, so it is refused.", [], _ => throw new ExpressionException("Can not use the parent function without a parent template"), "{{ parent() }}", null),
        new("i18n", "A message out of a resource bundle; flows have none, so it is refused.", ["bundle", "key", "params?"], arguments => throw new ExpressionException($"Can't find bundle for base name {arguments.Optional(0)}"), "{{ i18n('messages', 'greeting') }}", null),
        new("printContext", "All variables as JSON.", [], arguments => JsonText.Of(arguments.Evaluation.Context(), arguments.Evaluation), "{% set a = 1 %}{{ printContext() }}", "{\"a\":1}"),
        new("fetchContext", "All variables as a map.", [], arguments => arguments.Evaluation.Context(), "{% set a = 1 %}{{ fetchContext().a }}", "1"),
    ];

    private static object? Render(Arguments arguments, bool recursive)
    {
        var evaluation = arguments.Evaluation;
        string Text(string text) => recursive ? Repeated.Render(text, evaluation) : Repeated.Once(text, evaluation);
        return arguments.Required(0) switch
        {
            null => null,
            string or IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> => Deep.Map(arguments.Required(0), Text, Text),
            var other => JavaText.OfScalar(other),
        };
    }

    private static object? Block(Arguments arguments)
    {
        var name = arguments.Text(0);
        if (!arguments.Evaluation.Template.Blocks.TryGetValue(name, out var block)) throw new ExpressionException($"Block [{name}] does not exist.");
        var output = TextOutput.Rent(arguments.Evaluation);
        block.Render(arguments.Evaluation, output);
        return output.Finish();
    }
}
