using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Inputs;

/// <summary>The choices of SELECT, MULTISELECT and ENUM: fixed, or what an expression gives.</summary>
internal static class InputOptions
{
    /// <summary>Errors: expression exceptions; <see cref="FormatException"/> when the expression gives no list.</summary>
    public static IReadOnlyList<InputOption> Of(InputDefinition input, Rendering render)
    {
        if (input.Values is { } values) return values;
        if (input.Expression is null) return [];
        var given = render.Typed(input.Expression);
        if (given is string text) given = Parse(text);
        return given is IReadOnlyList<object?> list
            ? [.. list.Select(item => Option(item, render))]
            : throw new FormatException($"The expression of the choices must give a list, but it gave '{render.TextOf(given)}'.");
    }

    private static InputOption Option(object? item, Rendering render) => item is IReadOnlyDictionary<string, object?> map && map.TryGetValue("value", out var value)
        ? new InputOption(render.TextOf(value), map.TryGetValue("label", out var label) ? render.TextOf(label) : null)
        : new InputOption(render.TextOf(item));

    private static object? Parse(string text)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return text;
        }
    }
}
