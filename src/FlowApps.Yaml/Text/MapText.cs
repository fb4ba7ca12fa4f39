namespace FlowApps.Yaml.Text;

/// <summary>How a value is written: inside brackets, or below a key that is indented by <paramref name="Indent"/>.</summary>
internal readonly record struct ValuePlace(bool InFlow, int Indent, string Break);

/// <summary>Sets and removes the values of a map of a text.</summary>
internal sealed class MapText(SourceLines lines, SourceMap map)
{
    private int Indent => map.IsFlow ? 0 : lines.Column(map.Entries[0].Key.Start);

    public ValuePlace Place => new(map.IsFlow, Indent, lines.Break);

    /// <summary>Sets a value; a new one comes behind the last of the keys that <paramref name="order"/> has before it.</summary>
    public SourceEdit Set(string key, IReadOnlyList<string> order, string value) => map[key] is { } entry ? Replace(entry, value) : Insert(key, Before(key, order), value);

    /// <summary>Puts a new entry before another with the comments above that, an empty line between them where the text has them.</summary>
    public SourceEdit InsertBefore(string key, SourceEntry next, string value)
    {
        var first = lines.LineOf(next.Key.Start);
        while (first > 1 && lines.IsComment(first - 1)) first--;
        var gap = first > 1 && lines.IsBlank(first - 1) ? lines.Break : "";
        return SourceEdit.Insert(lines.Start(first), $"{new string(' ', Indent)}{key}:{value}{lines.Break}{gap}");
    }

    public SourceEdit Remove(string key)
    {
        var entry = map[key]!;
        var at = map.Entries.ToList().IndexOf(entry);
        var next = at + 1 < map.Entries.Count ? map.Entries[at + 1] : null;
        if (map.IsFlow || BeginsLine(entry) is false)
            return next is not null ? SourceEdit.Remove(entry.Key.Start, next.Key.Start) : SourceEdit.Remove(at == 0 ? entry.Key.Start : End(map.Entries[at - 1]), End(entry));
        var first = lines.LineOf(entry.Key.Start);
        var last = LastLine(entry);
        return last < lines.Count ? SourceEdit.Remove(lines.Start(first), lines.Start(last + 1)) : SourceEdit.Remove(first == 1 ? 0 : lines.End(first - 1), lines.End(last));
    }

    private SourceEntry Before(string key, IReadOnlyList<string> order)
    {
        for (var at = order.ToList().IndexOf(key) - 1; at >= 0; at--)
            if (map[order[at]] is { } entry) return entry;
        return map.Entries[^1];
    }

    private SourceEdit Replace(SourceEntry entry, string value)
    {
        var colon = Colon(entry);
        var single = entry.Value is SourceScalar or SourceAlias && lines.LineOf(entry.Value.Start) == lines.LineOf(entry.Value.End) || entry.Value is SourceList { IsFlow: true } or SourceMap { IsFlow: true };
        var end = map.IsFlow || single ? entry.Value.End : lines.End(LastLine(entry));
        return new SourceEdit(colon + 1, Math.Max(colon + 1, end), value);
    }

    private SourceEdit Insert(string key, SourceEntry behind, string value) => map.IsFlow
        ? SourceEdit.Insert(End(behind), $", {(lines.Text[map.Entries[0].Key.Start] == '"' ? ScalarText.Quoted(key) : key)}:{value}")
        : SourceEdit.Insert(lines.End(LastLine(behind)), $"{lines.Break}{new string(' ', Indent)}{key}:{value}");

    private int End(SourceEntry entry) => map.IsFlow ? Math.Max(entry.Value.End, Colon(entry) + 1) : lines.End(LastLine(entry));

    private int LastLine(SourceEntry entry) => lines.LastLine(entry.Key.Start, Math.Max(entry.Value.End, entry.Key.End), Indent);

    private int Colon(SourceEntry entry) => lines.Text.IndexOf(':', entry.Key.End);

    private bool BeginsLine(SourceEntry entry) => lines.Text.AsSpan(lines.Start(lines.LineOf(entry.Key.Start)), lines.Column(entry.Key.Start)).IsWhiteSpace();
}
