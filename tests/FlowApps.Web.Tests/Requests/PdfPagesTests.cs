using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Web.Requests.Receipts;

namespace FlowApps.Web.Tests.Requests;

public sealed partial class PdfPagesTests
{
    [Fact]
    public void A_receipt_is_a_file_whose_table_of_places_is_true()
    {
        var pages = new PdfPages();
        pages.Heading("Bestellung für Zoë");
        for (var i = 0; i < 120; i++) pages.Pair($"Question {i}", "A rather long answer (with brackets, \\ and 1 000 €) that has to be broken into several lines of the page, 日本");
        var bytes = pages.ToBytes("Harbourline");
        var text = Encoding.Latin1.GetString(bytes);
        Assert.StartsWith("%PDF-1.4", text, StringComparison.Ordinal);
        Assert.EndsWith("%%EOF\n", text, StringComparison.Ordinal);
        Assert.Contains(@"\(with brackets, \\ and 1 000", text, StringComparison.Ordinal);
        Assert.Contains("f\u00fcr Zo\u00eb", text, StringComparison.Ordinal);
        var places = Places().Matches(text).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.True(places.Count > 8, "four objects and at least three pages");
        for (var i = 0; i < places.Count; i++) Assert.StartsWith($"{i + 1} 0 obj", text[places[i]..], StringComparison.Ordinal);
        Assert.All(Streams().Matches(text), stream => Assert.Equal(int.Parse(stream.Groups[1].Value, CultureInfo.InvariantCulture), stream.Groups[2].Length));
    }

    [GeneratedRegex(@"^(\d{10}) 00000 n ", RegexOptions.Multiline)]
    private static partial Regex Places();

    [GeneratedRegex(@"/Length (\d+) >>\nstream\n(.*?)\nendstream", RegexOptions.Singleline)]
    private static partial Regex Streams();
}
