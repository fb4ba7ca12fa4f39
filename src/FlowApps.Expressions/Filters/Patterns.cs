using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Expressions.Filters;

/// <summary>Regular expressions as flows write them (Java's), each match bounded in time.</summary>
internal static class Patterns
{
    private const int MostKept = 256;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex> Kept = new(StringComparer.Ordinal);

    /// <summary>Errors: a pattern that cannot be read.</summary>
    public static Regex Of(string pattern)
    {
        if (Kept.TryGetValue(pattern, out var known)) return known;
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, Longest);
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[pattern] = regex;
    }

    /// <summary>Writes a Java replacement: <c>$1</c> and <c>${name}</c> are groups, a backslash takes the next sign as it is.</summary>
    public static void AppendReplacement(StringBuilder text, string replacement, Match match)
    {
        for (var i = 0; i < replacement.Length; i++)
        {
            var c = replacement[i];
            if (c == '\\' && i + 1 < replacement.Length) text.Append(replacement[++i]);
            else if (c == '$') i = AppendGroup(text, replacement, i + 1, match) - 1;
            else text.Append(c);
        }
    }

    private static int AppendGroup(StringBuilder text, string replacement, int at, Match match)
    {
        if (at < replacement.Length && replacement[at] == '{')
        {
            var end = replacement.IndexOf('}', at);
            if (end < 0) throw new ExpressionException("Illegal group reference in the replacement: '}' is missing.");
            text.Append(match.Groups[replacement[(at + 1)..end]].ValueSpan);
            return end + 1;
        }
        if (at >= replacement.Length || !char.IsAsciiDigit(replacement[at])) throw new ExpressionException("Illegal group reference in the replacement: write \\$ for a dollar sign.");
        var group = 0;
        var digits = 0;
        while (at < replacement.Length && char.IsAsciiDigit(replacement[at]))
        {
            var next = (group * 10) + replacement[at] - '0';
            if (digits > 0 && next >= match.Groups.Count) break;
            group = next;
            digits++;
            at++;
        }
        if (group >= match.Groups.Count) throw new ExpressionException($"No group {group}");
        text.Append(match.Groups[group].ValueSpan);
        return at;
    }
}
