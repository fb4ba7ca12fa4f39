namespace FlowApps.Yaml.Text;

/// <summary>A text and its lines, counted from 1.</summary>
internal sealed class SourceLines
{
    private readonly List<int> starts = [0];

    public SourceLines(string text)
    {
        Text = text;
        for (var at = 0; at < text.Length; at++)
            if (text[at] == '\n' || text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) starts.Add(at + 1);
        Break = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
    }

    public string Text { get; }

    /// <summary>How this text ends its lines.</summary>
    public string Break { get; }

    public int Count => starts.Count;

    public int Offset(int line, int column) => Math.Min(starts[Math.Min(line, Count) - 1] + column - 1, Text.Length);

    public int LineOf(int offset)
    {
        var found = starts.BinarySearch(offset);
        return found >= 0 ? found + 1 : ~found;
    }

    public int Start(int line) => starts[line - 1];

    /// <summary>Where the line ends, before its break.</summary>
    public int End(int line)
    {
        var end = line == Count ? Text.Length : starts[line];
        while (end > Start(line) && Text[end - 1] is '\n' or '\r') end--;
        return end;
    }

    public int Column(int offset) => offset - Start(LineOf(offset));

    public ReadOnlySpan<char> this[int line] => Text.AsSpan(Start(line), End(line) - Start(line));

    public bool IsBlank(int line) => this[line].IsWhiteSpace();

    public bool IsComment(int line) => this[line].TrimStart().StartsWith("#");

    public int Indent(int line) => this[line].Length - this[line].TrimStart().Length;

    /// <summary>
    /// The last line of what ends at <paramref name="end"/> and is indented deeper than <paramref name="indent"/>: without the empty lines behind it,
    /// with the comments that are indented as it is.
    /// </summary>
    public int LastLine(int start, int end, int indent)
    {
        var first = LineOf(start);
        var last = LineOf(end);
        if (last > first && Start(last) == end) last--;
        while (last > first && (IsBlank(last) || IsComment(last) && Indent(last) <= indent)) last--;
        for (var line = last + 1; line <= Count && (IsBlank(line) || IsComment(line) && Indent(line) > indent); line++)
            if (!IsBlank(line)) last = line;
        return last;
    }
}
