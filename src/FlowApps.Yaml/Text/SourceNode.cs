namespace FlowApps.Yaml.Text;

/// <summary>Where a piece of a YAML text begins and ends, as offsets; for those who change the text and leave the rest of it to the letter.</summary>
internal abstract record SourceNode(int Start, int End);

internal sealed record SourceScalar(string Text, bool IsPlain, int Start, int End) : SourceNode(Start, End);

/// <summary>An alias: what it shows is written elsewhere.</summary>
internal sealed record SourceAlias(int Start, int End) : SourceNode(Start, End);

/// <summary><c>IsFlow</c>: in brackets. Of a list in lines, <c>Start</c> is at its first dash.</summary>
internal sealed record SourceList(IReadOnlyList<SourceNode> Items, bool IsFlow, int Start, int End) : SourceNode(Start, End);

internal sealed record SourceEntry(SourceScalar Key, SourceNode Value);

internal sealed record SourceMap(IReadOnlyList<SourceEntry> Entries, bool IsFlow, int Start, int End) : SourceNode(Start, End)
{
    public SourceEntry? this[string key] => Entries.FirstOrDefault(entry => entry.Key.Text == key);
}
