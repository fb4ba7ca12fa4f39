using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Mail;

/// <summary>A header such as <c>text/plain; charset=utf-8</c>: its value in lower case, and its parameters, also those in other alphabets or several pieces (RFC 2231).</summary>
internal sealed partial record MimeParameters(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public static MimeParameters Read(string header)
    {
        var pieces = new SortedDictionary<(string Name, int Number), (string Text, bool Encoded)>();
        foreach (Match match in Parameter().Matches(header))
        {
            var (name, text) = (match.Groups[1].Value.ToLowerInvariant(), match.Groups[2].Value);
            if (text is ['"', .., '"']) text = Escaped().Replace(text[1..^1], "$1");
            var encoded = name.EndsWith('*');
            var parts = name.TrimEnd('*').Split('*');
            pieces[(parts[0], parts.Length > 1 && int.TryParse(parts[1], out var number) ? number : 0)] = (text, encoded);
        }
        return new MimeParameters(header.Split(';')[0].Trim().ToLowerInvariant(), pieces.GroupBy(piece => piece.Key.Name).ToDictionary(group => group.Key, Joined));
    }

    private static string Joined(IEnumerable<KeyValuePair<(string, int), (string Text, bool Encoded)>> pieces)
    {
        var (bytes, charset) = (new List<byte>(), (string?)null);
        foreach (var (_, (text, encoded)) in pieces)
        {
            var rest = text;
            // The first piece says the alphabet: utf-8'en'…
            if (encoded && charset is null && text.Split('\'', 3) is [var named, _, var after]) (charset, rest) = (named, after);
            bytes.AddRange(encoded ? MimeText.Unpercent(rest) : Encoding.Latin1.GetBytes(rest));
        }
        return charset is null ? MimeText.Words(MimeText.Raw([.. bytes])) : MimeText.Of([.. bytes], charset);
    }

    [GeneratedRegex(""";\s*([\w*-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)""", RegexOptions.None, 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
