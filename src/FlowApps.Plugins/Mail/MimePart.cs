using System.Text;
using System.Text.RegularExpressions;

namespace FlowApps.Plugins.Mail;

/// <summary>A letter, or a part of one: headers and a body (RFC 5322, 2046).</summary>
internal sealed partial class MimePart
{
    private const int Deepest = 20, MostParts = 500;
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>One character for each byte.</summary>
    private readonly string body;

    public MimePart(byte[] bytes) : this(Encoding.Latin1.GetString(bytes)) { }

    private MimePart(string text)
    {
        var end = HeadEnd().Match(text);
        body = end.Success ? text[(end.Index + end.Length)..] : "";
        var head = Folding().Replace(end.Success ? text[..end.Index] : text, " ");
        foreach (var line in head.Split('\n'))
            if (line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon) headers.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
        Type = MimeParameters.Read(headers.GetValueOrDefault("Content-Type") ?? "text/plain");
        Disposition = MimeParameters.Read(headers.GetValueOrDefault("Content-Disposition") ?? "");
    }

    public MimeParameters Type { get; }

    public MimeParameters Disposition { get; }

    public string? FileName => Disposition["filename"] ?? Type["name"];

    public bool IsAttachment => Disposition.Value == "attachment" || FileName is not null || !Type.Value.StartsWith("text/", StringComparison.Ordinal);

    /// <summary>Unfolded and readable; null when there is none.</summary>
    public string? Header(string name) => headers.TryGetValue(name, out var value) ? MimeText.Words(MimeText.Raw(Encoding.Latin1.GetBytes(value))) : null;

    public byte[] Content() => MimeText.Content(body, headers.GetValueOrDefault("Content-Transfer-Encoding"));

    public string Text() => MimeText.Of(Content(), Type["charset"]);

    /// <summary>The parts that have no parts, in their order; at most 500.</summary>
    public IEnumerable<MimePart> Leaves() => Leaves(0).Take(MostParts);

    private IEnumerable<MimePart> Leaves(int depth) => Type.Value.StartsWith("multipart/", StringComparison.Ordinal) && Type["boundary"] is { Length: > 0 } boundary && depth < Deepest
        ? Parts(boundary).SelectMany(part => part.Leaves(depth + 1))
        : [this];

    private IEnumerable<MimePart> Parts(string boundary)
    {
        var mark = "--" + boundary;
        var begun = -1;
        for (var at = 0; at < body.Length;)
        {
            var line = body.IndexOf('\n', at) is >= 0 and var end ? end + 1 : body.Length;
            var isLast = IsMark(at, line, mark + "--");
            if (isLast || IsMark(at, line, mark))
            {
                // The line break before the mark belongs to the mark.
                if (begun >= 0) yield return new MimePart(body[begun..Math.Max(begun, body[at - 1] == '\n' ? at - (at > 1 && body[at - 2] == '\r' ? 2 : 1) : at)]);
                if (isLast) yield break;
                begun = line;
            }
            at = line;
        }
        if (begun >= 0) yield return new MimePart(body[begun..]);
    }

    private bool IsMark(int at, int end, string mark) => body.AsSpan(at, end - at).StartsWith(mark, StringComparison.Ordinal) && body.AsSpan(at, end - at).TrimEnd().Length == mark.Length;

    [GeneratedRegex(@"(^|\r?\n)\r?\n")]
    private static partial Regex HeadEnd();

    [GeneratedRegex(@"\r?\n[ \t]+|\r(?=\n)")]
    private static partial Regex Folding();
}
