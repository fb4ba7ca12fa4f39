using System.Runtime.CompilerServices;

namespace FlowApps.Expressions.Rendering;

/// <summary>Applies a rendering to every text of a value.</summary>
internal static class Deep
{
    public static object? Map(object? value, Func<string, string> renderKey, Func<string, object?> renderText)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw new ExpressionException("The value to render is nested too deeply.");
        switch (value)
        {
            case string text:
                return renderText(text);
            case IReadOnlyDictionary<string, object?> map:
                var rendered = new OrderedDictionary<string, object?>(map.Count, StringComparer.Ordinal);
                foreach (var (key, item) in map) rendered[renderKey(key)] = Map(item, renderKey, renderText);
                return rendered;
            case IReadOnlyList<object?> list:
                var items = new List<object?>(list.Count);
                foreach (var item in list) items.Add(Map(item, renderKey, renderText));
                return items;
            default:
                return value;
        }
    }
}
