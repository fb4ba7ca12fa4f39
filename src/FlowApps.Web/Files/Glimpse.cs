using System.Text;
using System.Text.Json;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Files;

/// <summary>What a person sees of a file without fetching it: its beginning, by the ending of its name. Null where there is nothing to see, as of an archive.</summary>
public abstract record Glimpse
{
    private const int MostBytes = 512 * 1024, MostImageBytes = 4 * 1024 * 1024, MostRows = 200, MostColumns = 50;
    private static readonly JsonSerializerOptions Indented = new(Data.Json) { WriteIndented = true };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>There is more of the file than this.</summary>
    public bool IsCut { get; init; }

    public static async Task<Glimpse?> ReadAsync(Stream content, string name, CancellationToken cancellation)
    {
        var ending = Path.GetExtension(name).TrimStart('.').ToLowerInvariant();
        var image = ImageType(ending);
        var (bytes, cut) = await BeginningAsync(content, image is null ? MostBytes : MostImageBytes, cancellation);
        if (image is not null) return cut ? null : new ImageGlimpse($"data:{image};base64,{Convert.ToBase64String(bytes)}");
        if (Text(bytes, cut) is not { } text) return null;
        return ending switch
        {
            "csv" => Table(CsvRows.Read(text, ',', MostRows + 2), cut),
            "tsv" => Table(CsvRows.Read(text, '\t', MostRows + 2), cut),
            "ion" or "jsonl" or "ndjson" => (Glimpse?)Items(text, cut) ?? new TextGlimpse(text) { IsCut = cut },
            "json" when !cut => new TextGlimpse(Pretty(text)),
            "md" or "markdown" => new MarkdownGlimpse(text) { IsCut = cut },
            _ => new TextGlimpse(text) { IsCut = cut },
        };
    }

    private static string? ImageType(string ending) => ending switch
    {
        "png" or "gif" or "webp" or "bmp" => $"image/{ending}",
        "jpg" or "jpeg" => "image/jpeg",
        // An image element runs no script of it.
        "svg" => "image/svg+xml",
        _ => null,
    };

    private static async Task<(byte[] Bytes, bool IsCut)> BeginningAsync(Stream content, int most, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (memory.Length <= most && await content.ReadAsync(buffer, cancellation) is > 0 and var count) memory.Write(buffer, 0, count);
        return memory.Length > most ? (memory.GetBuffer()[..most], true) : (memory.ToArray(), false);
    }

    /// <summary>Null when it is no text in UTF-8.</summary>
    private static string? Text(byte[] bytes, bool cut)
    {
        var end = bytes.Length;
        // A cut may go through a character: up to three bytes of it are left out.
        if (cut) for (var back = 0; back < 3 && end > 0 && bytes[end - 1] >= 0x80; back++) end--;
        try
        {
            var text = Strict.GetString(bytes, 0, end).TrimStart('\uFEFF');
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static TableGlimpse Table(List<List<string>> rows, bool cut)
    {
        var columns = rows.Count == 0 ? 0 : rows.Max(row => row.Count);
        // The last row of a beginning may be half of one.
        var whole = cut && rows.Count is > 1 and <= MostRows + 1 ? rows[1..^1] : rows.Skip(1).Take(MostRows).ToList();
        var shown = whole.Select(row => (IReadOnlyList<string>)[.. row.Take(MostColumns), .. Enumerable.Repeat("", Math.Max(0, Math.Min(columns, MostColumns) - row.Count))]).ToList();
        return new TableGlimpse([.. (rows.FirstOrDefault() ?? []).Take(MostColumns)], shown) { IsCut = cut || rows.Count > MostRows + 1 || columns > MostColumns };
    }

    /// <summary>One map of JSON a line, as tasks store their rows; null when it is something else.</summary>
    private static TableGlimpse? Items(string text, bool cut)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var items = new List<IReadOnlyDictionary<string, object?>>();
        foreach (var line in (cut ? lines.SkipLast(1) : lines).Take(MostRows))
        {
            try
            {
                if (Data.Parse(line) is not IReadOnlyDictionary<string, object?> item) return null;
                items.Add(item);
            }
            catch (JsonException)
            {
                return null;
            }
        }
        if (items.Count == 0) return null;
        var names = items.SelectMany(item => item.Keys).Distinct(StringComparer.Ordinal).ToList();
        var rows = items.Select(item => (IReadOnlyList<string>)[.. names.Take(MostColumns).Select(name => Shown(item.GetValueOrDefault(name)))]).ToList();
        return new TableGlimpse([.. names.Take(MostColumns)], rows) { IsCut = cut || lines.Length > MostRows || names.Count > MostColumns };
    }

    private static string Shown(object? value) => value switch { null => "", string words => words, _ => Data.Write(value) };

    private static string Pretty(string text)
    {
        try
        {
            return JsonSerializer.Serialize(Data.Parse(text), Indented);
        }
        catch (JsonException)
        {
            return text;
        }
    }
}

public sealed record TableGlimpse(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : Glimpse;

public sealed record TextGlimpse(string Text) : Glimpse;

public sealed record MarkdownGlimpse(string Text) : Glimpse;

/// <param name="Address">The picture itself, as data: address.</param>
public sealed record ImageGlimpse(string Address) : Glimpse;
