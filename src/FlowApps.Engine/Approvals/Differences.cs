using FlowApps.Domain.Approvals;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Approvals;

/// <summary>What differs between two sets of answers, field by field; the fields of a form step are named <c>step.field</c>.</summary>
public static class Differences
{
    public static IReadOnlyList<FieldChange> Of(IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after) => [.. Below("", before, after)];

    private static IEnumerable<FieldChange> Below(string prefix, IReadOnlyDictionary<string, object?> before, IReadOnlyDictionary<string, object?> after)
    {
        foreach (var id in before.Keys.Union(after.Keys))
        {
            var (old, now) = (before.GetValueOrDefault(id), after.GetValueOrDefault(id));
            if (old is IReadOnlyDictionary<string, object?> oldMap && now is IReadOnlyDictionary<string, object?> newMap)
                foreach (var change in Below($"{prefix}{id}.", oldMap, newMap)) yield return change;
            else if (Data.Write(old) != Data.Write(now)) yield return new FieldChange(prefix + id, old, now);
        }
    }
}
