using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Filters;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Jq;

/// <summary>Built-ins on strings.</summary>
internal static class JqStrings
{
    public static IEnumerable<KeyValuePair<string, JqRun>> All =>
    [
        JqBuiltins.Plain("utf8bytelength", (input, scope) => Encoding.UTF8.GetByteCount(Of(input, scope))),
        JqBuiltins.Plain("explode", (input, scope) => Of(input, scope).EnumerateRunes().Select(object? (rune) => rune.Value).ToList()),
        JqBuiltins.Plain("implode", Implode),
        JqBuiltins.Plain("trim", (input, scope) => Of(input, scope).Trim()),
        JqBuiltins.Plain("ltrim", (input, scope) => Of(input, scope).TrimStart()),
        JqBuiltins.Plain("rtrim", (input, scope) => Of(input, scope).TrimEnd()),
        JqBuiltins.With("startswith", (input, part, scope) => Of(input, scope).StartsWith(Of(part, scope), StringComparison.Ordinal)),
        JqBuiltins.With("endswith", (input, part, scope) => Of(input, scope).EndsWith(Of(part, scope), StringComparison.Ordinal)),
        JqBuiltins.With("ltrimstr", (input, part, _) => input is string text && part is string start && text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : input),
        JqBuiltins.With("rtrimstr", (input, part, _) => input is string text && part is string end && end.Length > 0 && text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : input),
        JqBuiltins.With("split", (input, separator, scope) => Split(Of(input, scope), Of(separator, scope), scope)),
        JqBuiltins.With("split", (input, pattern, flags, scope) => SplitByPattern(Of(input, scope), pattern, flags, scope)),
        JqBuiltins.With("test", (input, pattern, flags, scope) => PatternOf(pattern, flags, scope, out _).IsIn(Of(input, scope), scope.Evaluation)),
        new("match/2", (input, arguments, scope) =>
            from flags in arguments[1].Run(input, scope)
            from pattern in arguments[0].Run(input, scope)
            from match in Matches(Of(input, scope), pattern, flags, scope)
            select Describe(match, Of(input, scope))),
        new("sub/3", Substitute),
    ];

    public static List<object?> Split(string text, string separator, JqScope scope)
    {
        if (text.Length == 0) return [];
        var parts = separator.Length == 0 ? text.EnumerateRunes().Select(object? (rune) => rune.ToString()).ToList() : text.Split(separator).ToList<object?>();
        scope.Evaluation.Burn(parts.Count + (text.Length >> 3));
        return parts;
    }

    private static string Of(object? value, JqScope scope) => value as string ?? throw JqValues.Error($"{JqValues.Show(value, scope)} is not a string");

    private static object? Implode(object? input, JqScope scope)
    {
        if (input is not IReadOnlyList<object?> codes) throw JqValues.Error("implode input must be an array");
        var text = new StringBuilder();
        foreach (var code in codes)
            text.Append(NumberKind.IsNumber(code) && Rune.TryCreate((int)NumberKind.AsDouble(code), out var rune) ? rune.ToString() : throw JqValues.Error("Unicode codepoint must be numeric and in range"));
        scope.Evaluation.BurnText(text.Length);
        return text.ToString();
    }

    /// <summary>A pattern may be a string, or a list of a string and flags.</summary>
    private static Pattern PatternOf(object? pattern, object? flags, JqScope scope, out bool isGlobal)
    {
        if (pattern is IReadOnlyList<object?> { Count: > 0 } pair) (pattern, flags) = (pair[0], pair.Count > 1 ? pair[1] : flags);
        var options = RegexOptions.None;
        isGlobal = false;
        foreach (var flag in flags as string ?? "")
        {
            isGlobal |= flag == 'g';
            options |= flag switch
            {
                'i' => RegexOptions.IgnoreCase,
                'x' => RegexOptions.IgnorePatternWhitespace,
                's' => RegexOptions.Singleline,
                'n' or 'g' or 'l' or 'p' => RegexOptions.None,
                _ => throw JqValues.Error($"{flags} is not a valid modifier string"),
            };
        }
        return Pattern.Of(Of(pattern, scope), options);
    }

    private static IEnumerable<Match> Matches(string text, object? pattern, object? flags, JqScope scope)
    {
        foreach (var match in PatternOf(pattern, flags, scope, out var isGlobal).All(text, scope.Evaluation))
        {
            scope.Step();
            yield return match;
            if (!isGlobal) yield break;
        }
    }

    private static object? Describe(Match match, string text)
    {
        var captures = match.Groups.Cast<Group>().Skip(1).Select(object? (group) => new OrderedDictionary<string, object?>
        {
            ["offset"] = group.Success ? group.Index : -1,
            ["length"] = group.Length,
            ["string"] = group.Success ? group.Value : null,
            ["name"] = char.IsAsciiDigit(group.Name[0]) ? null : group.Name,
        }).ToList();
        return new OrderedDictionary<string, object?> { ["offset"] = match.Index, ["length"] = match.Length, ["string"] = match.Value, ["captures"] = captures };
    }

    private static List<object?> SplitByPattern(string text, object? pattern, object? flags, JqScope scope)
    {
        var parts = new List<object?>();
        var at = 0;
        foreach (var match in Matches(text, pattern, "g" + flags, scope))
        {
            parts.Add(text[at..match.Index]);
            at = match.Index + match.Length;
        }
        parts.Add(text[at..]);
        return parts;
    }

    private static IEnumerable<object?> Substitute(object? input, JqNode[] arguments, JqScope scope)
    {
        var text = Of(input, scope);
        foreach (var flags in arguments[2].Run(input, scope))
            foreach (var pattern in arguments[0].Run(input, scope))
            {
                var result = new StringBuilder();
                var at = 0;
                foreach (var match in Matches(text, pattern, flags, scope))
                {
                    result.Append(text, at, match.Index - at);
                    var names = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
                    foreach (Group group in match.Groups)
                        if (!char.IsAsciiDigit(group.Name[0])) names[group.Name] = group.Success ? group.Value : null;
                    result.Append(Of(arguments[1].Run(names, scope).FirstOrDefault(), scope));
                    scope.Evaluation.BurnText(result.Length);
                    at = match.Index + match.Length;
                }
                yield return result.Append(text, at, text.Length - at).ToString();
            }
    }
}
