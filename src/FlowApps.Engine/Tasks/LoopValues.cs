using System.Text.Json;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>The values of a loop as text, distinct and in order (kestra-semantics 5.1).</summary>
internal static class LoopValues
{
    public static IReadOnlyList<object?> Render(Rendering render, object given)
    {
        var items = given is string text ? Parse(render.Text(text) ?? "") : (IReadOnlyList<object?>?)render.Deep(given) ?? [];
        var nulls = items.Count(item => item is null);
        if (nulls > 0) throw new FormatException($"Found '{nulls}' null values on Each, with values={Data.Write(items)}");
        return [.. items.Select(Text).Distinct(StringComparer.Ordinal)];
    }

    public static string Text(object? item) => item as string ?? Data.Write(item);

    private static IReadOnlyList<object?> Parse(string text)
    {
        try
        {
            return Data.Parse(text) as IReadOnlyList<object?> ?? throw new FormatException($"The values of a loop must be a list, but they are '{text}'.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"The values of a loop must be a JSON list, but they are '{text}': {e.Message}", e);
        }
    }
}
