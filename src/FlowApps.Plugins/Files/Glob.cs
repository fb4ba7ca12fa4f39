using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Files;

/// <summary>
/// Path patterns: <c>*</c> and <c>?</c> within a name, <c>**</c> over folders (also none), <c>[a-z]</c>, <c>{a,b}</c>. A dot at the start of a name is nothing special.
/// </summary>
internal sealed class Glob
{
    private static readonly ConcurrentDictionary<string, Glob> Known = new(StringComparer.Ordinal);
    private readonly Regex regex;

    private Glob(string pattern) => regex = new Regex($"^{Translate(pattern.TrimStart('/'))}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Errors: <see cref="TaskFailedException"/> for a pattern that cannot be read.</summary>
    public static Glob Parse(string pattern)
    {
        if (Known.Count > 1000) Known.Clear();
        var plain = pattern.StartsWith("glob:", StringComparison.Ordinal) ? pattern[5..] : pattern;
        try
        {
            return Known.GetOrAdd(plain, text => new Glob(text));
        }
        catch (ArgumentException e)
        {
            throw new TaskFailedException($"'{pattern}' is not a file pattern: {e.Message}", null, e);
        }
    }

    /// <summary>A pattern that may match at any depth, as for namespace files.</summary>
    public static Glob ParseAnywhere(string pattern) =>
        Parse(pattern.StartsWith('/') || pattern.StartsWith("**", StringComparison.Ordinal) ? pattern : "**/" + pattern);

    /// <summary><paramref name="path"/> is relative, with slashes.</summary>
    public bool Matches(string path) => regex.IsMatch(path.TrimStart('/'));

    private static string Translate(string pattern)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
            switch (pattern[i])
            {
                case '*' when Next(pattern, i) == '*':
                    var folders = i + 2 < pattern.Length && pattern[i + 2] == '/';
                    text.Append(folders ? "(?:.*/)?" : ".*");
                    i += folders ? 2 : 1;
                    break;
                case '*': text.Append("[^/]*"); break;
                case '?': text.Append("[^/]"); break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var end:
                    var set = pattern[(i + 1)..end];
                    text.Append('[').Append(set.StartsWith('!') ? "^" + Escape(set[1..]) : Escape(set)).Append(']');
                    i = end;
                    break;
                case '{': text.Append("(?:"); depth++; break;
                case '}' when depth > 0: text.Append(')'); depth--; break;
                case ',' when depth > 0: text.Append('|'); break;
                case '\\' when i + 1 < pattern.Length: text.Append(Regex.Escape(pattern[++i].ToString())); break;
                default: text.Append(Regex.Escape(pattern[i].ToString())); break;
            }
        return text.ToString();
    }

    private static char? Next(string pattern, int at) => at + 1 < pattern.Length ? pattern[at + 1] : null;

    private static string Escape(string set) => set.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
