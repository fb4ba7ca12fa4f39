using System.Text;
using System.Text.Json;

namespace FlowApps.Plugins.Files;

/// <summary>Items of a file with one JSON or Ion value per line.</summary>
internal sealed class ItemReader(TaskContext context, Stream source)
{
    private readonly RowReader rows = new(source, "\n");

    /// <summary>The next line that is not blank, as it stands (valid until the next call), or null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellation)
    {
        while (await rows.NextAsync(cancellation) is { } row)
            if (row.Span.ContainsAnyExcept(" \t\r\n"u8)) return row;
        return null;
    }

    /// <summary>What expressions over an item see: its fields, or <c>value</c> when it is no map.</summary>
    public IReadOnlyDictionary<string, object?> Fields(ReadOnlyMemory<byte> row)
    {
        var text = Encoding.UTF8.GetString(row.Span).Trim();
        var item = Parse(text);
        return item as IReadOnlyDictionary<string, object?> ?? Data.Map(("value", item));
    }

    private object? Parse(string text)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (JsonException)
        {
            return context.RenderTyped("{{ fromIon(line) }}", Data.Map(("line", text)));
        }
    }
}
