namespace FlowApps.Web.Flows.Revisions;

/// <summary>What happened to a line.</summary>
public enum LineChange { Same, In, Out }

/// <summary>A line of a difference with its number in the old and the new text (from 1; null where it is not).</summary>
public sealed record DiffLine(LineChange Change, string Text, int? Old, int? New);

/// <summary>The difference of two texts by lines: the shortest one (Myers 1986).</summary>
public static class LineDiff
{
    public static IReadOnlyList<DiffLine> Of(string old, string fresh)
    {
        var a = Lines(old);
        var b = Lines(fresh);
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head]) head++;
        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        var lines = new List<DiffLine>();
        for (var i = 0; i < head; i++) lines.Add(new DiffLine(LineChange.Same, a[i], i + 1, i + 1));
        lines.AddRange(Middle(a, b, head, a.Length - tail, b.Length - tail));
        for (var i = tail; i > 0; i--) lines.Add(new DiffLine(LineChange.Same, a[^i], a.Length - i + 1, b.Length - i + 1));
        return lines;
    }

    /// <summary>Walks the edit graph breadth first, keeping each frontier, then walks back from the end.</summary>
    private static IEnumerable<DiffLine> Middle(string[] a, string[] b, int from, int endA, int endB)
    {
        var (n, m) = (endA - from, endB - from);
        var most = n + m;
        var reach = new int[2 * most + 2];
        var trace = new List<int[]>();
        for (var d = 0; d <= most; d++)
        {
            trace.Add([.. reach]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || k != d && reach[most + k - 1] < reach[most + k + 1] ? reach[most + k + 1] : reach[most + k - 1] + 1;
                var y = x - k;
                while (x < n && y < m && a[from + x] == b[from + y]) (x, y) = (x + 1, y + 1);
                reach[most + k] = x;
                if (x >= n && y >= m) return Back(a, b, from, n, m, most, trace);
            }
        }
        return [];
    }

    private static List<DiffLine> Back(string[] a, string[] b, int from, int x, int y, int most, List<int[]> trace)
    {
        var lines = new List<DiffLine>();
        for (var d = trace.Count - 1; d >= 0 && (x > 0 || y > 0); d--)
        {
            var reach = trace[d];
            var k = x - y;
            var down = k == -d || k != d && reach[most + k - 1] < reach[most + k + 1];
            var previous = down ? k + 1 : k - 1;
            var px = d == 0 ? 0 : reach[most + previous];
            var py = px - previous;
            if (d == 0) py = 0;
            while (x > px && y > py) (x, y) = Add(LineChange.Same, x - 1, y - 1);
            if (d == 0) break;
            (x, y) = down ? Add(LineChange.In, x, y - 1) : Add(LineChange.Out, x - 1, y);
        }
        lines.Reverse();
        return lines;

        (int X, int Y) Add(LineChange change, int i, int j)
        {
            lines.Add(change switch
            {
                LineChange.In => new DiffLine(change, b[from + j], null, from + j + 1),
                LineChange.Out => new DiffLine(change, a[from + i], from + i + 1, null),
                _ => new DiffLine(change, a[from + i], from + i + 1, from + j + 1),
            });
            return (i, j);
        }
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
