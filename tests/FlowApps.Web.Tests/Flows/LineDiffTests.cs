using FlowApps.Web.Flows.Revisions;

namespace FlowApps.Web.Tests.Flows;

public sealed class LineDiffTests
{
    [Fact]
    public void A_changed_line_goes_out_and_comes_in_between_the_lines_that_stay()
    {
        var lines = LineDiff.Of("a\nb\nc\n", "a\nx\nc\n");
        Assert.Equal([" a", "-b", "+x", " c"], lines.Select(Sign));
        Assert.Equal((2, (int?)null), (lines[1].Old!.Value, lines[1].New));
        Assert.Equal((3, 3), (lines[3].Old!.Value, lines[3].New!.Value));
    }

    [Fact]
    public void Equal_texts_have_no_change_whatever_their_line_ends() =>
        Assert.All(LineDiff.Of("a\r\nb\r\n", "a\nb"), line => Assert.Equal(LineChange.Same, line.Change));

    [Fact]
    public void Every_difference_holds_both_texts_and_is_as_short_as_can_be()
    {
        var random = new Random(4711);
        for (var round = 0; round < 300; round++)
        {
            var old = Text(random);
            var fresh = Text(random);
            var lines = LineDiff.Of(string.Join('\n', old), string.Join('\n', fresh));
            Assert.Equal(old, lines.Where(line => line.Change != LineChange.In).Select(line => line.Text));
            Assert.Equal(fresh, lines.Where(line => line.Change != LineChange.Out).Select(line => line.Text));
            Assert.Equal(Enumerable.Range(1, old.Count), lines.Where(line => line.Old is not null).Select(line => line.Old!.Value));
            Assert.Equal(Enumerable.Range(1, fresh.Count), lines.Where(line => line.New is not null).Select(line => line.New!.Value));
            Assert.Equal(old.Count + fresh.Count - 2 * Common(old, fresh), lines.Count(line => line.Change != LineChange.Same));
        }
    }

    private static List<string> Text(Random random) => Enumerable.Range(0, random.Next(1, 14)).Select(_ => ((char)('a' + random.Next(4))).ToString()).ToList();

    /// <summary>The length of the longest common subsequence, by the table.</summary>
    private static int Common(List<string> a, List<string> b)
    {
        var best = new int[a.Count + 1, b.Count + 1];
        for (var i = 1; i <= a.Count; i++)
            for (var j = 1; j <= b.Count; j++) best[i, j] = a[i - 1] == b[j - 1] ? best[i - 1, j - 1] + 1 : Math.Max(best[i - 1, j], best[i, j - 1]);
        return best[a.Count, b.Count];
    }

    private static string Sign(DiffLine line) => (line.Change switch { LineChange.In => "+", LineChange.Out => "-", _ => " " }) + line.Text;
}
