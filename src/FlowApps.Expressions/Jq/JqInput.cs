using System.Runtime.CompilerServices;
using System.Text.Json;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Jq;

/// <summary>A value as jq sees it: a text is read as JSON, dates inside are texts.</summary>
internal static class JqInput
{
    /// <summary>Errors: a text that is no JSON.</summary>
    public static object? Of(object input, Evaluation evaluation)
    {
        if (input is not string text) return Plain(input, evaluation);
        evaluation.BurnText(text.Length);
        try
        {
            return JsonReader.Parse(text);
        }
        catch (JsonException failure)
        {
            throw new ExpressionException($"Unable to parse jq value: the text is no JSON (line {failure.LineNumber + 1}, column {failure.BytePositionInLine + 1})", failure);
        }
    }

    private static object? Plain(object? value, Evaluation evaluation)
    {
        switch (value)
        {
            case DateTimeOffset or DateTime or DateOnly or TimeOnly: return IsoText.Json(value);
            case TimeSpan span: return span.Ticks / (double)TimeSpan.TicksPerSecond;
            case IReadOnlyDictionary<string, object?> map:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Burn(map.Count);
                OrderedDictionary<string, object?>? changed = null;
                foreach (var (key, item) in map)
                    if (Plain(item, evaluation) is var plain && !ReferenceEquals(plain, item))
                        (changed ??= new OrderedDictionary<string, object?>(map, StringComparer.Ordinal))[key] = plain;
                return changed ?? value;
            case IReadOnlyList<object?> list:
                RuntimeHelpers.EnsureSufficientExecutionStack();
                evaluation.Burn(list.Count);
                List<object?>? copy = null;
                for (var i = 0; i < list.Count; i++)
                    if (Plain(list[i], evaluation) is var plain && !ReferenceEquals(plain, list[i]))
                        (copy ??= [.. list])[i] = plain;
                return copy ?? value;
            default: return value;
        }
    }
}
