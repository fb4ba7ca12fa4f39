using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>Equality in its two kinds: <c>==</c>, where 1 equals 1.0, and Java's own, where numbers of different types differ.</summary>
internal static class Equality
{
    /// <summary>The operator <c>==</c>.</summary>
    public static bool AreEqual(object? left, object? right, Evaluation evaluation) =>
        NumberKind.IsNumber(left) && NumberKind.IsNumber(right) ? Comparison.Compare(left!, right!) == 0 : Same(left, right, evaluation);

    /// <summary>Java's <c>equals</c>: an int is never equal to a long, at any depth.</summary>
    public static bool Same(object? left, object? right, Evaluation evaluation)
    {
        if (ReferenceEquals(left, right)) return true;
        if (left is null || right is null) return false;
        evaluation.Burn(1);
        return (left, right) switch
        {
            (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b) => SameMaps(a, b, evaluation),
            (IReadOnlyList<object?> a, IReadOnlyList<object?> b) => SameLists(a, b, evaluation),
            (string a, string b) => a == b,
            (DateTime a, DateTime b) => a == b && a.Kind == b.Kind,
            (DateTimeOffset a, DateTimeOffset b) => a.EqualsExact(b),
            _ => left.Equals(right),
        };
    }

    public static bool Contains(IReadOnlyList<object?> list, object? item, Evaluation evaluation)
    {
        evaluation.Burn(list.Count);
        for (var i = 0; i < list.Count; i++)
            if (Same(list[i], item, evaluation)) return true;
        return false;
    }

    /// <summary>The operator <c>contains</c>.</summary>
    public static object Contains(object? whole, object? part, Evaluation evaluation) => whole switch
    {
        null => false,
        string text => text.Contains(JavaText.Of(part, evaluation), StringComparison.Ordinal),
        IReadOnlyDictionary<string, object?> map when part is IReadOnlyList<object?> keys => keys.All(key => key is string name && map.ContainsKey(name)),
        IReadOnlyDictionary<string, object?> map => part is string key && map.ContainsKey(key),
        IReadOnlyList<object?> list when part is IReadOnlyList<object?> items => items.All(item => Contains(list, item, evaluation)),
        IReadOnlyList<object?> list => Contains(list, part, evaluation),
        _ => throw new ExpressionException($"Contains operator can only be used on Collections, Maps and arrays. Actual type was: {JavaClass.NameOf(whole)}"),
    };

    /// <summary>A comparer for sets of values, with Java's equality.</summary>
    public static IEqualityComparer<object?> Comparer(Evaluation evaluation) => EqualityComparer<object?>.Create(
        (left, right) => Same(left, right, evaluation),
        value => value switch
        {
            IReadOnlyDictionary<string, object?> map => map.Count,
            IReadOnlyList<object?> list => list.Count,
            null => 0,
            _ => value.GetHashCode(),
        });

    private static bool SameMaps(IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right, Evaluation evaluation)
    {
        if (left.Count != right.Count) return false;
        evaluation.Descend();
        var same = left.All(entry => right.TryGetValue(entry.Key, out var other) && Same(entry.Value, other, evaluation));
        evaluation.Ascend();
        return same;
    }

    private static bool SameLists(IReadOnlyList<object?> left, IReadOnlyList<object?> right, Evaluation evaluation)
    {
        if (left.Count != right.Count) return false;
        evaluation.Descend();
        var at = 0;
        while (at < left.Count && Same(left[at], right[at], evaluation)) at++;
        evaluation.Ascend();
        return at == left.Count;
    }
}
