using System.Text;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Filters;

/// <summary>replace: pair after pair, each on the result of the one before. Growth is charged while it happens.</summary>
internal static class Replacing
{
    public static object? Apply(object? input, Arguments arguments)
    {
        if (input is null) return null;
        if (arguments.Required(0) is not IReadOnlyDictionary<string, object?> pairs) throw arguments.Expected(0, "a map");
        var isPattern = arguments.Flag(1, false);
        var text = JavaText.Of(input, arguments.Evaluation);
        foreach (var (what, with) in pairs)
        {
            var replacement = JavaText.Of(with, arguments.Evaluation);
            text = isPattern ? ByPattern(text, what, replacement, arguments.Evaluation) : Plain(text, what, replacement, arguments.Evaluation);
        }
        return text;
    }

    public static string ByPattern(string text, string pattern, string replacement, Evaluation evaluation)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var match in Pattern.Of(pattern).All(text, evaluation))
        {
            result.Append(text, at, match.Index - at);
            Pattern.AppendReplacement(result, replacement, match);
            at = match.Index + match.Length;
            if (result.Length > evaluation.Options.MaxOutput) evaluation.BurnText(result.Length);
        }
        evaluation.BurnText(result.Length + text.Length - at);
        return result.Append(text, at, text.Length - at).ToString();
    }

    private static string Plain(string text, string what, string with, Evaluation evaluation)
    {
        var count = what.Length == 0 ? text.Length + 1 : text.AsSpan().Count(what);
        if (count == 0) return text;
        evaluation.BurnText(text.Length + ((long)count * (with.Length - what.Length)));
        if (what.Length > 0) return text.Replace(what, with, StringComparison.Ordinal);
        return string.Concat(with, string.Concat(text.Select(c => c + with)));
    }
}
