namespace FlowApps.Yaml.Binding;

/// <summary>Finds what somebody meant: the word with the fewest changed letters.</summary>
internal static class Nearest
{
    /// <summary>The nearest word when it is near enough to be a slip of the pen; null otherwise.</summary>
    public static string? To(string written, IEnumerable<string> words)
    {
        if (written.Length > 200) return null;
        var limit = Math.Max(1, Math.Min(5, written.Length / 3));
        string? best = null;
        var least = limit + 1;
        foreach (var word in words)
        {
            if (Math.Abs(word.Length - written.Length) >= least) continue;
            var distance = Distance(written.ToUpperInvariant(), word.ToUpperInvariant());
            if (distance >= least) continue;
            least = distance;
            best = word;
        }
        return best;
    }

    /// <summary>Changed, missing, added and swapped letters.</summary>
    private static int Distance(string a, string b)
    {
        var before = new int[b.Length + 1];
        var last = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }
}
