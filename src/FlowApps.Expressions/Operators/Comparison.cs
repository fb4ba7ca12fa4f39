using System.Numerics;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>Order of numbers of any two types. Null on a side: false. Anything but numbers is refused.</summary>
internal static class Comparison
{
    public static object? Less(object? left, object? right, Evaluation evaluation) => Holds(left, right, sign => sign < 0);

    public static object? LessOrEqual(object? left, object? right, Evaluation evaluation) => Holds(left, right, sign => sign <= 0);

    public static object? Greater(object? left, object? right, Evaluation evaluation) => Holds(left, right, sign => sign > 0);

    public static object? GreaterOrEqual(object? left, object? right, Evaluation evaluation) => Holds(left, right, sign => sign >= 0);

    public static int Compare(object left, object right) => (NumberKind.RankOf(left), NumberKind.RankOf(right)) switch
    {
        ( <= NumberRank.Long, <= NumberRank.Long) => NumberKind.AsLong(left).CompareTo(NumberKind.AsLong(right)),
        ( <= NumberRank.Big, <= NumberRank.Big) => NumberKind.AsBig(left).CompareTo(NumberKind.AsBig(right)),
        // A float is compared by the digits it shows: 1.1f equals 1.1.
        (NumberRank.Float, NumberRank.Double) => NumberKind.AsShown((float)left).CompareTo((double)right),
        (NumberRank.Double, NumberRank.Float) => ((double)left).CompareTo(NumberKind.AsShown((float)right)),
        (NumberRank.Decimal, _) or (_, NumberRank.Decimal) => NumberKind.AsDecimal(left).CompareTo(NumberKind.AsDecimal(right)),
        _ => CompareWithFraction(left, right),
    };

    /// <summary>Natural order for sorting: numbers by value, texts by code unit, dates by time; null and mixtures are refused.</summary>
    public static int Natural(object? left, object? right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        (DateTime a, DateTime b) => a.CompareTo(b),
        (DateOnly a, DateOnly b) => a.CompareTo(b),
        (TimeOnly a, TimeOnly b) => a.CompareTo(b),
        (TimeSpan a, TimeSpan b) => a.CompareTo(b),
        _ when NumberKind.IsNumber(left) && NumberKind.IsNumber(right) => Compare(left!, right!),
        _ => throw new ExpressionException($"{JavaClass.NameOf(left)} and {JavaClass.NameOf(right)} cannot be put in order."),
    };

    private static int CompareWithFraction(object left, object right)
    {
        var (a, b) = (NumberKind.AsDouble(left), NumberKind.AsDouble(right));
        if (a != b || !double.IsInteger(a)) return a.CompareTo(b);
        // Equal as doubles, yet a whole number beyond 2^53 may differ.
        return Whole(left, a).CompareTo(Whole(right, b));
    }

    private static BigInteger Whole(object number, double value) => NumberKind.RankOf(number) <= NumberRank.Big ? NumberKind.AsBig(number) : new BigInteger(value);

    private static object? Holds(object? left, object? right, Func<int, bool> wanted)
    {
        if (left is null || right is null) return false;
        if (!NumberKind.IsNumber(left) || !NumberKind.IsNumber(right)) throw new InvalidCastException();
        return wanted(Compare(left, right));
    }
}
