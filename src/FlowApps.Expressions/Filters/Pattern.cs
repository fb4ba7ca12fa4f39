using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Filters;

/// <summary>
/// A regular expression as flows write them (Java's). It matches in linear time where it can; a match may take a second at most,
/// and what matching takes is charged to the rendering.
/// </summary>
internal sealed class Pattern
{
    private const int MostKept = 256;
    private const long FuelPerMillisecond = 1_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<(string, RegexOptions), Pattern> Kept = new();

    private readonly Regex _regex;

    private Pattern(Regex regex) => _regex = regex;

    /// <summary>Errors: a pattern that cannot be read.</summary>
    public static Pattern Of(string pattern, RegexOptions options = RegexOptions.None)
    {
        if (Kept.TryGetValue((pattern, options), out var known)) return known;
        if (Kept.Count >= MostKept) Kept.Clear();
        return Kept[(pattern, options)] = new Pattern(Compile(pattern, options | RegexOptions.CultureInvariant));
    }

    public bool IsIn(string text, Evaluation evaluation) => First(text, evaluation).Success;

    public Match First(string text, Evaluation evaluation)
    {
        evaluation.BurnText(text.Length);
        return Timed(() => _regex.Match(text), evaluation);
    }

    public IEnumerable<Match> All(string text, Evaluation evaluation)
    {
        for (var match = First(text, evaluation); match.Success; match = Timed(match.NextMatch, evaluation)) yield return match;
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

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking, Longest);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Longest);
        }
    }

    private static Match Timed(Func<Match> match, Evaluation evaluation)
    {
        var start = Stopwatch.GetTimestamp();
        var found = match();
        evaluation.Burn(1 + ((long)Stopwatch.GetElapsedTime(start).TotalMilliseconds * FuelPerMillisecond));
        return found;
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
        for (var digits = 0; at < replacement.Length && char.IsAsciiDigit(replacement[at]); digits++, at++)
        {
            var next = (group * 10) + replacement[at] - '0';
            if (digits > 0 && next >= match.Groups.Count) break;
            group = next;
        }
        if (group >= match.Groups.Count) throw new ExpressionException($"No group {group}");
        text.Append(match.Groups[group].ValueSpan);
        return at;
    }
}
