using System.Text;

namespace FlowApps.Expressions.Yaml;

/// <summary>The lines of the first document of a YAML text; blank lines and comments are stepped over.</summary>
internal sealed class YamlLines
{
    private readonly string[] _lines;
    private int _at = -1;

    public YamlLines(string text)
    {
        _lines = text.ReplaceLineEndings("\n").Split('\n');
        Next();
        while (!IsEnd && Content.StartsWith('%')) Next();
        if (IsEnd || !IsMark(_lines[_at], "---")) return;
        var rest = _lines[_at][3..];
        if (string.IsNullOrWhiteSpace(rest) || rest.TrimStart()[0] == '#') Next();
        else (Content, Indent) = (rest.TrimStart(), 0);
    }

    public bool IsEnd { get; private set; }

    /// <summary>Columns before the content.</summary>
    public int Indent { get; private set; }

    /// <summary>The line without its indent and trailing blanks.</summary>
    public string Content { get; private set; } = "";

    /// <summary>Blank lines just before this one.</summary>
    public int BlanksBefore { get; private set; }

    public void Next()
    {
        BlanksBefore = 0;
        for (_at++; _at < _lines.Length; _at++)
        {
            var line = _lines[_at].TrimEnd();
            var content = line.TrimStart(' ');
            if (content.Length == 0) { BlanksBefore++; continue; }
            if (content[0] == '#') continue;
            if (_at > 0 && Content.Length > 0 && (IsMark(line, "---") || IsMark(line, "..."))) break;
            if (content[0] == '\t') throw Invalid("tabs are not allowed for indentation");
            (Content, Indent) = (content, line.Length - content.Length);
            return;
        }
        (IsEnd, Content, Indent) = (true, "", -1);
    }

    /// <summary>Treats the rest of the current line as a line of its own.</summary>
    public void MoveIn(int indent, string content) => (Indent, Content) = (indent, content);

    /// <summary>The next line if it goes on with a value whose parent stands at this indent, else null.</summary>
    public string? TakeContinuation(int parent)
    {
        if (_at + 1 >= _lines.Length) return null;
        var line = _lines[_at + 1];
        var content = line.Trim();
        if (content.Length > 0 && line.Length - line.TrimStart(' ').Length <= parent) return null;
        if (IsMark(line, "---") || IsMark(line, "...")) return null;
        _at++;
        return content;
    }

    /// <summary>A literal (<c>|</c>) or folded (<c>&gt;</c>) block, whose header is the given rest of the current line.</summary>
    public string BlockScalar(string header, int parent)
    {
        var options = WithoutComment(header);
        if (options.Length > 3 || options.Skip(1).Any(c => !"+-123456789".Contains(c))) throw Invalid($"'{options}' cannot begin a block of text");
        var indent = options.FirstOrDefault(char.IsAsciiDigit) is var digit && digit != 0 ? Math.Max(parent, 0) + digit - '0' : -1;
        var lines = new List<string>();
        while (_at + 1 < _lines.Length)
        {
            var line = _lines[_at + 1];
            var depth = line.Length - line.TrimStart(' ').Length;
            if (depth < line.Length)
            {
                if (indent < 0 && depth > parent) indent = depth;
                if (indent < 0 || depth < indent) break;
            }
            lines.Add(indent >= 0 && line.Length > indent ? line[indent..] : "");
            _at++;
        }
        Next();
        var trailing = 0;
        while (lines.Count > 0 && lines[^1].Length == 0) { trailing++; lines.RemoveAt(lines.Count - 1); }
        var text = options[0] == '|' ? string.Join('\n', lines) : Fold(lines);
        if (options.Contains('-') || (lines.Count == 0 && !options.Contains('+'))) return text;
        return text + (options.Contains('+') ? new string('\n', trailing + (lines.Count > 0 ? 1 : 0)) : "\n");
    }

    public static string WithoutComment(string line)
    {
        for (var i = line.IndexOf('#'); i >= 0; i = line.IndexOf('#', i + 1))
            if (i == 0 || char.IsWhiteSpace(line[i - 1])) return line[..i].TrimEnd();
        return line.TrimEnd();
    }

    public ExpressionException Invalid(string why) => new($"Invalid yaml: {why} (line {Math.Min(_at + 1, _lines.Length)})");

    private static bool IsMark(string line, string mark) =>
        line.StartsWith(mark, StringComparison.Ordinal) && (line.Length == 3 || char.IsWhiteSpace(line[3]));

    private static string Fold(List<string> lines)
    {
        var text = new StringBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                var keepsBreak = lines[i].Length == 0 || IsMore(lines[i]) || IsMore(lines[i - 1]);
                if (lines[i - 1].Length == 0 && lines[i].Length > 0 && !IsMore(lines[i])) { }
                else text.Append(keepsBreak ? '\n' : ' ');
            }
            text.Append(lines[i]);
        }
        return text.ToString();
    }

    private static bool IsMore(string line) => line.Length > 0 && line[0] is ' ' or '\t';
}
