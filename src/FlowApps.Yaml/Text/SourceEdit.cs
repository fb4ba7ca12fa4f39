namespace FlowApps.Yaml.Text;

/// <summary>What stands from <paramref name="Start"/> to <paramref name="End"/> becomes <paramref name="Text"/>.</summary>
internal readonly record struct SourceEdit(int Start, int End, string Text)
{
    public static SourceEdit Insert(int at, string text) => new(at, at, text);

    public static SourceEdit Remove(int start, int end) => new(start, end, "");

    /// <summary>The text with all edits; none touches another.</summary>
    public static string Apply(string text, IEnumerable<SourceEdit> edits)
    {
        foreach (var edit in edits.OrderByDescending(edit => edit.Start)) text = string.Concat(text.AsSpan(0, edit.Start), edit.Text, text.AsSpan(edit.End));
        return text;
    }
}
