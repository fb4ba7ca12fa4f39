using FlowApps.Domain.Values;

namespace FlowApps.Engine.Tasks;

/// <summary>The outputs of the batches: how many executions are in which state.</summary>
internal static class ItemCounts
{
    public static OrderedDictionary<string, object?> Start(int batches, bool wait) => Data.Map(("numberOfBatches", batches), ("iterations", wait
        ? Data.Map(("CREATED", batches), ("RUNNING", 0), ("SUCCESS", 0))
        : Data.Map(("RUNNING", batches), ("SUCCESS", 0))));

    public static OrderedDictionary<string, object?> Move(IReadOnlyDictionary<string, object?> outputs, string from, string to)
    {
        var counts = Copy((IReadOnlyDictionary<string, object?>)outputs["iterations"]!);
        counts[from] = Convert.ToInt32(counts.GetValueOrDefault(from) ?? 0, System.Globalization.CultureInfo.InvariantCulture) - 1;
        counts[to] = Convert.ToInt32(counts.GetValueOrDefault(to) ?? 0, System.Globalization.CultureInfo.InvariantCulture) + 1;
        var moved = Copy(outputs);
        moved["iterations"] = counts;
        return moved;
    }

    private static OrderedDictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> map)
    {
        var copy = Data.Map();
        foreach (var (key, value) in map) copy[key] = value;
        return copy;
    }
}
