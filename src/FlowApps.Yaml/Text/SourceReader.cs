using System.Diagnostics;
using FlowApps.Domain.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FlowApps.Yaml.Text;

/// <summary>Reads where the pieces of a text stand. The text has passed <see cref="YamlText"/> first, so it is known to be sound and small.</summary>
internal sealed class SourceReader(SourceLines lines)
{
    private readonly Parser parser = new(new StringReader(lines.Text));

    /// <summary>The only document's map. Errors: Invalid when the text cannot be read or is no map.</summary>
    public static SourceMap Read(SourceLines lines)
    {
        var reading = YamlText.Read(lines.Text);
        if (reading.Root is null && reading.Problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, reading.Problems);
        if (reading.Root is not YamlMapping) throw RefusedException.Invalid("not_a_map", "The text must be a map that begins with `id`, `namespace` and `tasks`.");
        return (SourceMap)new SourceReader(lines).Document();
    }

    private SourceNode Document()
    {
        parser.MoveNext();
        while (parser.Current is StreamStart or DocumentStart) parser.MoveNext();
        return Node();
    }

    private SourceNode Node()
    {
        var current = parser.Current!;
        parser.MoveNext();
        return current switch
        {
            Scalar scalar => Read(scalar),
            AnchorAlias alias => new SourceAlias(At(alias.Start), At(alias.End)),
            SequenceStart start => List(start),
            MappingStart start => Map(start),
            _ => throw new UnreachableException(),
        };
    }

    private SourceScalar Read(Scalar scalar) => new(scalar.Value, scalar.Style == ScalarStyle.Plain, At(scalar.Start), At(scalar.End));

    private SourceList List(SequenceStart start)
    {
        var items = new List<SourceNode>();
        while (parser.Current is not SequenceEnd) items.Add(Node());
        var flow = start.Style == SequenceStyle.Flow;
        var end = flow ? At(parser.Current.Start) + 1 : items[^1].End;
        parser.MoveNext();
        return new SourceList(items, flow, At(start.Start), end);
    }

    private SourceMap Map(MappingStart start)
    {
        var entries = new List<SourceEntry>();
        while (parser.Current is not MappingEnd) entries.Add(new SourceEntry((SourceScalar)Node(), Node()));
        var flow = start.Style == MappingStyle.Flow;
        var end = flow ? At(parser.Current.Start) + 1 : entries[^1].Value.End;
        parser.MoveNext();
        return new SourceMap(entries, flow, At(start.Start), end);
    }

    private int At(Mark mark) => lines.Offset((int)mark.Line, (int)mark.Column);
}
