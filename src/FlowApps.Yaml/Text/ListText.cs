namespace FlowApps.Yaml.Text;

/// <summary>Changes which items a list of a text has and in what order. An item takes the comments right above it along; what stands between items stays.</summary>
internal sealed class ListText
{
    private readonly SourceLines lines;
    private readonly SourceList list;
    private readonly List<(int Start, int Item, int End)> slots = [];

    public ListText(SourceLines lines, SourceList list)
    {
        this.lines = lines;
        this.list = list;
        Indent = list.IsFlow ? 0 : lines.Column(list.Start);
        foreach (var item in list.Items) slots.Add(list.IsFlow ? (item.Start, item.Start, item.End) : Slot(item));
    }

    /// <summary>How far the dashes are indented.</summary>
    public int Indent { get; }

    public IEnumerable<SourceEdit> Move(int from, int to)
    {
        var order = Enumerable.Range(0, slots.Count).ToList();
        order.RemoveAt(from);
        order.Insert(Math.Clamp(to, 0, order.Count), from);
        return order.Select((was, now) => (slots[now], slots[was])).Where(pair => pair.Item1 != pair.Item2)
            .Select(pair => new SourceEdit(pair.Item1.Start, pair.Item1.End, lines.Text[pair.Item2.Start..pair.Item2.End]));
    }

    /// <summary>Takes one of several items out; a remark that stands by itself between two stays.</summary>
    public SourceEdit Remove(int at)
    {
        var (start, _, end) = slots[at];
        if (at > 0 && (list.IsFlow || lines.Text.AsSpan(slots[at - 1].End, start - slots[at - 1].End).IsWhiteSpace())) return SourceEdit.Remove(slots[at - 1].End, end);
        if (at + 1 < slots.Count && (list.IsFlow || lines.Text.AsSpan(end, slots[at + 1].Start - end).IsWhiteSpace())) return SourceEdit.Remove(start, slots[at + 1].Start);
        return SourceEdit.Remove(start, lines.LineOf(end) < lines.Count ? lines.Start(lines.LineOf(end) + 1) : end);
    }

    /// <summary>Another item behind one that is there.</summary>
    public SourceEdit Insert(int behind, string item) => SourceEdit.Insert(slots[behind].End, Between() + item);

    /// <summary>Other values in place of <paramref name="count"/> of them, from <paramref name="from"/> on; some stay.</summary>
    public IEnumerable<SourceEdit> Replace(int from, int count, IReadOnlyList<string> items)
    {
        if (from == 0 && items.Count == 0 && count > 0)
        {
            yield return SourceEdit.Remove(slots[0].Start, slots[count].Start);
            yield break;
        }
        for (var i = 0; i < Math.Min(count, items.Count); i++) yield return new SourceEdit(list.Items[from + i].Start, list.Items[from + i].End, items[i]);
        if (items.Count > count) yield return SourceEdit.Insert(slots[from + count - 1].End, string.Concat(items.Skip(count).Select(item => Between() + Dash() + item)));
        for (var i = items.Count; i < count; i++) yield return SourceEdit.Remove(slots[from + i - 1].End, slots[from + i].End);
    }

    /// <summary>An item as it stands, without the comments above it.</summary>
    public string this[int at] => lines.Text[slots[at].Item..slots[at].End];

    private string Dash() => list.IsFlow ? "" : new string(' ', Indent) + "- ";

    private string Between()
    {
        if (!list.IsFlow) return lines.Break;
        var first = list.Items[0].Start;
        return lines.LineOf(first) == lines.LineOf(list.Start) ? ", " : "," + lines.Break + new string(' ', lines.Column(first));
    }

    private (int, int, int) Slot(SourceNode item)
    {
        var dash = lines.LineOf(item.Start);
        while (lines.Text[lines.Start(dash) + Indent] != '-') dash--;
        var first = dash;
        while (first > 1 && lines.IsComment(first - 1) && lines.Indent(first - 1) <= Indent) first--;
        return (lines.Start(first), lines.Start(dash), lines.End(lines.LastLine(item.Start, item.End, Indent)));
    }
}
