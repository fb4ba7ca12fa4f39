using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Filters;

/// <summary>split, as Java's <c>String.split</c>: the delimiter is a regular expression; without a limit empty ends are dropped.</summary>
internal static class Splitting
{
    public static object? Apply(object? input, Arguments arguments)
    {
        if (input is null) return null;
        var text = JavaText.Of(input, arguments.Evaluation);
        var limit = arguments.OptionalWhole(1) ?? 0;
        var parts = new List<object?>();
        var at = 0;
        foreach (var match in Pattern.Of(arguments.Text(0)).All(text, arguments.Evaluation))
        {
            if (limit > 0 && parts.Count == limit - 1) break;
            if (match.Length == 0 && (match.Index == 0 || match.Index == text.Length)) continue;
            parts.Add(text[at..match.Index]);
            at = match.Index + match.Length;
        }
        if (parts.Count == 0) return new List<object?> { text };
        parts.Add(text[at..]);
        if (limit == 0) while (parts.Count > 0 && parts[^1] is "") parts.RemoveAt(parts.Count - 1);
        return parts;
    }
}
