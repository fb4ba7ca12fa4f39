using System.Diagnostics;
using FlowApps.Domain.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlowApps.Yaml.Text;

/// <summary>
/// Builds nodes from parser events, pulling no further than the limits allow: the parser looks at most 1,024 characters ahead, so a text
/// that nests without end is refused long before it was scanned.
/// </summary>
internal sealed class NodeReader(IParser parser, YamlLimits limits, int firstLine, List<Problem> problems)
{
    private readonly Dictionary<string, YamlNode> anchors = new(StringComparer.Ordinal);
    private readonly long started = Stopwatch.GetTimestamp();
    private int nodes;
    private int aliases;

    /// <summary>How far the text was understood.</summary>
    public Mark Reached => parser.Current?.End ?? Mark.Empty;

    /// <summary>The root of the only document; null when there is none. Errors: <see cref="YamlRefusedException"/>.</summary>
    public YamlNode? ReadDocument()
    {
        parser.MoveNext();
        Next();
        if (parser.Current is StreamEnd or null) return null;
        Next();
        var root = Read(0, NodePath.Root);
        Next();
        if (parser.Current is DocumentStart another)
            throw Refused("several_documents", "Only one document is read here: what follows `---` is a second one.", another.Start, NodePath.Root, "Remove the `---` line or save the documents one by one.");
        return root;
    }

    private void Next()
    {
        if (!parser.MoveNext()) return;
        if ((nodes & 127) == 0 && Stopwatch.GetElapsedTime(started) > limits.MaxTime)
            throw Refused("too_slow", $"The text takes longer than {limits.MaxTime.TotalMilliseconds:0} ms to read.", parser.Current!.Start, NodePath.Root, null);
    }

    /// <summary>Reads the node at the current event and moves behind it.</summary>
    private YamlNode Read(int depth, NodePath path)
    {
        var current = parser.Current!;
        if (depth > limits.MaxDepth)
            throw Refused("too_deep", $"Lists and maps may lie at most {limits.MaxDepth} deep inside each other.", current.Start, NodePath.Root, null);
        Count(1, current.Start);
        switch (current)
        {
            case Scalar scalar:
                Next();
                return Keep(scalar, ToScalar(scalar));
            case SequenceStart start:
                return Keep(start, ReadSequence(start, depth, path));
            case MappingStart start:
                return Keep(start, ReadMapping(start, depth, path));
            case AnchorAlias alias:
                Next();
                return Aliased(alias, depth);
            default:
                throw Refused("yaml_syntax", "A value is expected here.", current.Start, path, null);
        }
    }

    private YamlSequence ReadSequence(SequenceStart start, int depth, NodePath path)
    {
        var items = new List<YamlNode>();
        Next();
        while (parser.Current is not SequenceEnd) items.Add(Read(depth + 1, path.Item(items.Count)));
        Next();
        return new YamlSequence(items, Line(start.Start), (int)start.Start.Column);
    }

    private YamlMapping ReadMapping(MappingStart start, int depth, NodePath path)
    {
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<YamlMapping>();
        Next();
        while (parser.Current is not MappingEnd)
        {
            var at = parser.Current!.Start;
            if (parser.Current is not Scalar)
                throw Refused("key_not_text", "A key must be plain text, not a list, a map or an alias.", at, path, "Put an expression into quotes: \"{{ … }}\".");
            var key = ToScalar((Scalar)parser.Current);
            var plain = ((Scalar)parser.Current).IsPlainImplicit;
            Count(1, at);
            Next();
            var place = path.Child(key.Text);
            var value = Read(depth + 1, place);
            if (plain && key.Text == "<<" && Merged(value, merged)) continue;
            if (seen.Add(key.Text)) entries.Add(new YamlEntry(key, value));
            else problems.Add(new Problem("duplicate_field", $"Duplicate field '{place}'", place.ToString(), key.Line, key.Column, "Keep one of them."));
        }
        Next();
        foreach (var entry in merged.SelectMany(m => m.Entries))
            if (seen.Add(entry.Name)) entries.Add(entry);
        return new YamlMapping(entries, Line(start.Start), (int)start.Start.Column);
    }

    private static bool Merged(YamlNode value, List<YamlMapping> merged)
    {
        if (value is YamlMapping one)
        {
            merged.Add(one);
            return true;
        }
        if (value is not YamlSequence many || many.Items.Any(i => i is not YamlMapping)) return false;
        merged.AddRange(many.Items.Cast<YamlMapping>());
        return true;
    }

    private YamlNode Aliased(AnchorAlias alias, int depth)
    {
        if (++aliases > limits.MaxAliases)
            throw Refused("too_many_aliases", $"A text may use at most {limits.MaxAliases} aliases.", alias.Start, NodePath.Root, null);
        if (!anchors.TryGetValue(alias.Value.Value, out var node))
            throw Refused("unknown_alias", $"There is no anchor &{alias.Value.Value} before this alias.", alias.Start, NodePath.Root, "Put a text that begins with * into quotes.");
        Count(node.Size, alias.Start);
        if (depth + node.Height > limits.MaxDepth)
            throw Refused("too_deep", $"Lists and maps may lie at most {limits.MaxDepth} deep inside each other.", alias.Start, NodePath.Root, null);
        return node;
    }

    private YamlNode Keep(NodeEvent source, YamlNode node)
    {
        if (!source.Anchor.IsEmpty) anchors[source.Anchor.Value] = node;
        return node;
    }

    private void Count(int more, Mark at)
    {
        nodes += more;
        if (nodes > limits.MaxNodes)
            throw Refused("too_many_nodes", $"A text may hold at most {limits.MaxNodes} values, aliases counted with what they stand for.", at, NodePath.Root, null);
    }

    private YamlScalar ToScalar(Scalar scalar)
    {
        var isText = scalar.Style != ScalarStyle.Plain || !scalar.Tag.IsEmpty && scalar.Tag.Value is "!" or "tag:yaml.org,2002:str";
        if (!scalar.Tag.IsEmpty && scalar.Tag.Value is "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null") isText = false;
        return new YamlScalar(scalar.Value, isText ? scalar.Value : PlainScalar.Resolve(scalar.Value), Line(scalar.Start), (int)scalar.Start.Column);
    }

    private int Line(Mark mark) => (int)mark.Line + firstLine - 1;

    private YamlRefusedException Refused(string code, string message, Mark at, NodePath path, string? suggestion)
    {
        var text = path.ToString();
        return new YamlRefusedException(new Problem(code, message, text.Length == 0 ? null : text, Line(at), (int)at.Column, suggestion));
    }
}
