using System.Globalization;
using System.Text;

namespace FlowApps.Web.Requests.Receipts;

/// <summary>
/// Text on A4 pages as a PDF (ISO 32000-1, version 1.4) in the two Helvetica fonts that every reader has. Characters outside of Western European (Windows-1252) become question marks.
/// </summary>
public sealed class PdfPages
{
    private const double Width = 595;
    private const double Height = 842;
    private const double Margin = 56;
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252, new EncoderReplacementFallback("?"), DecoderFallback.ReplacementFallback)!;

    // Widths of Helvetica in thousandths of its size, from space to tilde.
    private static readonly int[] Widths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private readonly List<StringBuilder> pages = [];
    private double y;

    /// <summary>The baseline of the next line, from the foot of the page.</summary>
    public void Heading(string text, double size = 20) => Lines(text, size, bold: true, x: Margin, gap: size * 0.9);

    public void Text(string text) => Lines(text, 10.5, bold: false, x: Margin, gap: 4);

    /// <summary>A name in the left column and what belongs to it in the right one.</summary>
    public void Pair(string name, string value)
    {
        const double Column = 190;
        var names = Wrap(name, 10, Column - Margin - 12);
        var values = Wrap(value, 10.5, Width - Margin - Column);
        for (var i = 0; i < Math.Max(names.Count, values.Count); i++)
        {
            Advance(15);
            if (i < names.Count) Show(names[i], 10, bold: false, Margin, y);
            if (i < values.Count) Show(values[i], 10.5, bold: false, Column, y);
        }
        y -= 4;
    }

    public byte[] ToBytes(string footer)
    {
        var objects = new List<string>
        {
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Count {pages.Count} /Kids [{string.Join(' ', pages.Select((_, i) => $"{5 + 2 * i} 0 R"))}] >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        };
        for (var i = 0; i < pages.Count; i++)
        {
            Show(pages[i], $"{footer}   {i + 1} / {pages.Count}", 8.5, bold: false, Margin, 34);
            var content = pages[i].ToString();
            objects.Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {6 + 2 * i} 0 R >>");
            objects.Add($"<< /Length {Western.GetByteCount(content)} >>\nstream\n{content}\nendstream");
        }
        return Written(objects);
    }

    private static byte[] Written(List<string> objects)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Count; i++)
        {
            places.Add(Western.GetByteCount(file.ToString()));
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = Western.GetByteCount(file.ToString());
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        foreach (var place in places) file.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Western.GetBytes(file.ToString());
    }

    private void Lines(string text, double size, bool bold, double x, double gap)
    {
        foreach (var line in Wrap(text, size, Width - 2 * Margin))
        {
            Advance(size * 1.4);
            Show(line, size, bold, x, y);
        }
        y -= gap;
    }

    private void Advance(double height)
    {
        if (pages.Count == 0 || y - height < Margin)
        {
            pages.Add(new StringBuilder());
            y = Height - Margin;
        }
        y -= height;
    }

    private void Show(string text, double size, bool bold, double x, double at) => Show(pages[^1], text, size, bold, x, at);

    private static void Show(StringBuilder page, string text, double size, bool bold, double x, double at) =>
        page.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "F2" : "F1")} {size:0.##} Tf {x:0.##} {at:0.##} Td ({Escaped(text)}) Tj ET\n");

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);

    private static List<string> Wrap(string text, double size, double width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' ').SelectMany(word => Pieces(word, size, width)))
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && Measure(longer, size) > width)
                {
                    lines.Add(line);
                    line = word;
                }
                else line = longer;
            }
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>A word that is wider than the column is broken.</summary>
    private static IEnumerable<string> Pieces(string word, double size, double width)
    {
        var most = Math.Max(1, (int)(width / (size * 0.6)));
        for (var from = 0; from == 0 || from < word.Length; from += most) yield return word[from..Math.Min(word.Length, from + most)];
    }

    private static double Measure(string text, double size) => text.Sum(c => c is >= ' ' and <= '~' ? Widths[c - ' '] : 600) * size / 1000;
}
