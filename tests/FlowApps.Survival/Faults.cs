using System.Collections.Concurrent;
using System.Globalization;

namespace FlowApps.Survival;

/// <summary>What was done to a rig, counted, and each fault with its seed on disk.</summary>
internal sealed class Faults(Journal journal, int seed)
{
    private readonly ConcurrentDictionary<string, int> counts = new(StringComparer.Ordinal);

    public int All => counts.Values.Sum();

    public void Add(string kind, string where)
    {
        counts.AddOrUpdate(kind, 1, (_, count) => count + 1);
        journal.Write(seed.ToString(CultureInfo.InvariantCulture), where, kind);
    }

    public override string ToString() => string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Value} {count.Key}"));
}
