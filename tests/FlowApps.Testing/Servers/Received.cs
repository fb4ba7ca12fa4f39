using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Testing.Servers;

/// <summary>A letter as a mail server got it.</summary>
public sealed partial record Received(IReadOnlyList<string> To, string Raw)
{
    public string Subject => Header("Subject");

    /// <summary>The text of all parts, decoded.</summary>
    public string Body => string.Join("\n", Parts().Select(Decoded));

    /// <summary>The value of a header, unfolded, its encoded words decoded; empty when there is none.</summary>
    public string Header(string name)
    {
        var head = Raw.Split("\n\n")[0].Replace("\n ", " ", StringComparison.Ordinal).Replace("\n\t", " ", StringComparison.Ordinal);
        var line = head.Split('\n').FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line is null ? "" : EncodedWord().Replace(BetweenWords().Replace(line[(name.Length + 1)..].Trim(), "?==?"), Word);
    }

    private IEnumerable<string> Parts() => Raw.Contains("boundary=", StringComparison.OrdinalIgnoreCase)
        ? Boundary().Matches(Raw).Select(match => match.Groups[1].Value).Distinct().SelectMany(boundary => Raw.Split("--" + boundary).Skip(1)).Where(part => !part.Contains("boundary=", StringComparison.OrdinalIgnoreCase) && part.Contains("\n\n", StringComparison.Ordinal))
        : [Raw];

    private static string Decoded(string part)
    {
        var at = part.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, content) = (part[..at], part[(at + 2)..]);
        if (head.Contains("base64", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetString(Convert.FromBase64String(content.Replace("\n", "", StringComparison.Ordinal).Trim()));
        return head.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? Quoted(content.Replace("=\n", "", StringComparison.Ordinal)) : content;
    }

    private static string Word(Match match) => match.Groups[1].Value is "B" or "b"
        ? Encoding.UTF8.GetString(Convert.FromBase64String(match.Groups[2].Value))
        : Quoted(match.Groups[2].Value.Replace('_', ' '));

    private static string Quoted(string text) => Octets().Replace(text, match => Encoding.UTF8.GetString(Convert.FromHexString(match.Value.Replace("=", "", StringComparison.Ordinal))));

    [GeneratedRegex("(=[0-9A-F]{2})+")]
    private static partial Regex Octets();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+=\?")]
    private static partial Regex BetweenWords();

    [GeneratedRegex("boundary=\"?([^\"\\s;]+)\"?")]
    private static partial Regex Boundary();
}
