using System.Runtime.CompilerServices;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Jq;

/// <summary>Types, order and arithmetic of jq.</summary>
internal static class JqValues
{
    public static bool IsTrue(object? value) => value is not (null or false);

    public static JqError Error(string message) => new(message, message);

    public static string TypeOf(object? value) => value switch
    {
        null => "null",
        bool => "boolean",
        IReadOnlyList<object?> => "array",
        IReadOnlyDictionary<string, object?> => "object",
        _ => NumberKind.IsNumber(value) ? "number" : "string",
    };

    /// <summary>A value for a message.</summary>
    public static string Show(object? value, JqScope scope)
    {
        var json = JsonText.Of(value, scope.Evaluation, keepNulls: true);
        return $"{TypeOf(value)} ({(json.Length > 30 ? json[..30] + "…" : json)})";
    }

    /// <summary>A number as the smallest type that holds it.</summary>
    public static object Number(double number)
    {
        if (!double.IsInteger(number) || Math.Abs(number) > 9e15) return number;
        var whole = (long)number;
        return Whole(whole);
    }

    public static object Whole(long whole) => whole is >= int.MinValue and <= int.MaxValue ? (int)whole : whole;

    public static IComparer<object?> Order(JqScope scope) => Comparer<object?>.Create((left, right) => Compare(left, right, scope.Evaluation));

    /// <summary>null, false, true, numbers, strings, arrays, objects.</summary>
    public static int Compare(object? left, object? right, Evaluation evaluation)
    {
        evaluation.Burn(1);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var rank = Rank(left).CompareTo(Rank(right));
        if (rank != 0) return rank;
        switch (left, right)
        {
            case (string a, string b): return string.CompareOrdinal(a, b);
            case (IReadOnlyList<object?> a, IReadOnlyList<object?> b):
                for (var i = 0; i < a.Count && i < b.Count; i++)
                    if (Compare(a[i], b[i], evaluation) is var order and not 0) return order;
                return a.Count.CompareTo(b.Count);
            case (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b):
                var (keys, others) = (SortedKeys(a), SortedKeys(b));
                if (Compare(keys, others, evaluation) is var keyOrder and not 0) return keyOrder;
                foreach (string? key in keys)
                    if (Compare(a[key!], b[key!], evaluation) is var valueOrder and not 0) return valueOrder;
                return 0;
            default:
                return NumberKind.IsNumber(left) && NumberKind.IsNumber(right) ? Comparison.Compare(left!, right!)
                    : left is null or bool ? 0
                    : string.CompareOrdinal(JavaText.OfScalar(left), JavaText.OfScalar(right));
        }
    }

    public static List<object?> SortedKeys(IReadOnlyDictionary<string, object?> map) => map.Keys.Order(StringComparer.Ordinal).ToList<object?>();

    public static object? Add(object? left, object? right, JqScope scope)
    {
        switch (left, right)
        {
            case (null, _): return right;
            case (_, null): return left;
            case (string a, string b):
                scope.Evaluation.BurnText((long)a.Length + b.Length);
                return a + b;
            case (IReadOnlyList<object?> a, IReadOnlyList<object?> b):
                scope.Evaluation.Burn(a.Count + b.Count);
                return (List<object?>)[.. a, .. b];
            case (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b):
                scope.Evaluation.Burn(a.Count + b.Count);
                var merged = new OrderedDictionary<string, object?>(a, StringComparer.Ordinal);
                foreach (var (key, value) in b) merged[key] = value;
                return merged;
            default: return Compute(left, right, "added", scope, (a, b) => a + b, (a, b) => checked(a + b));
        }
    }

    public static object? Subtract(object? left, object? right, JqScope scope)
    {
        if (left is not IReadOnlyList<object?> list || right is not IReadOnlyList<object?> items)
            return Compute(left, right, "subtracted", scope, (a, b) => a - b, (a, b) => checked(a - b));
        return list.Where(item => items.All(other => Compare(item, other, scope.Evaluation) != 0)).ToList();
    }

    public static object? Multiply(object? left, object? right, JqScope scope)
    {
        switch (left, right)
        {
            case (string text, _) when NumberKind.IsNumber(right): return Repeat(text, NumberKind.AsDouble(right), scope);
            case (_, string text) when NumberKind.IsNumber(left): return Repeat(text, NumberKind.AsDouble(left), scope);
            case (IReadOnlyDictionary<string, object?> a, IReadOnlyDictionary<string, object?> b): return DeepMerge(a, b, scope);
            default: return Compute(left, right, "multiplied", scope, (a, b) => a * b, (a, b) => checked(a * b));
        }
    }

    public static object? Divide(object? left, object? right, JqScope scope)
    {
        if (left is string text && right is string separator) return JqStrings.Split(text, separator, scope);
        if (NumberKind.IsNumber(right) && NumberKind.AsDouble(right) == 0 && NumberKind.IsNumber(left)) throw Error($"{Show(left, scope)} and {Show(right, scope)} cannot be divided because the divisor is zero");
        return Compute(left, right, "divided", scope, (a, b) => a / b, null);
    }

    public static object? Modulo(object? left, object? right, JqScope scope)
    {
        if (NumberKind.IsNumber(left) && NumberKind.IsNumber(right))
        {
            var (a, b) = (Truncate(left!), Math.Abs(Truncate(right!)));
            if (b == 0) throw Error($"{Show(left, scope)} and {Show(right, scope)} cannot be divided because the divisor is zero");
            return Whole(b == 1 ? 0 : a % b);
        }
        return Compute(left, right, "divided", scope, (a, b) => a % b, null);
    }

    /// <summary>Where a list stands in another.</summary>
    public static List<object?> Indices(IReadOnlyList<object?> list, IReadOnlyList<object?> part, Evaluation evaluation)
    {
        var found = new List<object?>();
        if (part.Count == 0) return found;
        for (var i = 0; i + part.Count <= list.Count; i++)
        {
            var j = 0;
            while (j < part.Count && Compare(list[i + j], part[j], evaluation) == 0) j++;
            if (j == part.Count) found.Add(i);
        }
        return found;
    }

    private static long Truncate(object number) => NumberKind.AsDouble(number) is var value && Math.Abs(value) < 9.2e18 ? (long)value : 0;

    private static object Compute(object? left, object? right, string verb, JqScope scope, Func<double, double, double> compute, Func<long, long, long>? whole)
    {
        if (!NumberKind.IsNumber(left) || !NumberKind.IsNumber(right)) throw Error($"{Show(left, scope)} and {Show(right, scope)} cannot be {verb}");
        if (whole is not null && left is int or long && right is int or long)
        {
            try
            {
                return Whole(whole(NumberKind.AsLong(left!), NumberKind.AsLong(right!)));
            }
            catch (OverflowException)
            {
                return compute(NumberKind.AsDouble(left), NumberKind.AsDouble(right));
            }
        }
        return Number(compute(Plain(left!), Plain(right!)));
    }

    /// <summary>A float counts by the digits that it shows.</summary>
    private static double Plain(object number) => number is float single ? NumberKind.AsShown(single) : NumberKind.AsDouble(number);

    private static string? Repeat(string text, double times, JqScope scope)
    {
        if (times <= 0) return null;
        var count = (long)Math.Ceiling(Math.Min(times, int.MaxValue));
        scope.Evaluation.BurnText(text.Length * count);
        return string.Concat(Enumerable.Repeat(text, (int)count));
    }

    private static OrderedDictionary<string, object?> DeepMerge(IReadOnlyDictionary<string, object?> left, IReadOnlyDictionary<string, object?> right, JqScope scope)
    {
        scope.Step();
        var merged = new OrderedDictionary<string, object?>(left, StringComparer.Ordinal);
        scope.Evaluation.Burn(left.Count + right.Count);
        foreach (var (key, value) in right)
            merged[key] = value is IReadOnlyDictionary<string, object?> inner && merged.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> before ? DeepMerge(before, inner, scope) : value;
        return merged;
    }

    private static int Rank(object? value) => value switch
    {
        null => 0,
        false => 1,
        true => 2,
        IReadOnlyList<object?> => 5,
        IReadOnlyDictionary<string, object?> => 6,
        _ => NumberKind.IsNumber(value) ? 3 : 4,
    };
}
