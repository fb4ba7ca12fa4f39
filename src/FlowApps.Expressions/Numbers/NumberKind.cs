using System.Globalization;
using System.Numerics;

namespace FlowApps.Expressions.Numbers;

/// <summary>Width of number types: the wider one of two operands decides.</summary>
internal enum NumberRank { Int, Long, Big, Float, Double, Decimal }

internal static class NumberKind
{
    public static bool IsNumber(object? value) => value is int or long or double or float or decimal or BigInteger or short or byte;

    public static NumberRank RankOf(object number) => number switch
    {
        int or short or byte => NumberRank.Int,
        long => NumberRank.Long,
        BigInteger => NumberRank.Big,
        float => NumberRank.Float,
        double => NumberRank.Double,
        _ => NumberRank.Decimal,
    };

    public static long AsLong(object number) => number switch
    {
        long value => value,
        int value => value,
        BigInteger value => (long)value,
        _ => Convert.ToInt64(number, CultureInfo.InvariantCulture),
    };

    public static BigInteger AsBig(object number) => number is BigInteger value ? value : AsLong(number);

    public static double AsDouble(object? number) => number switch
    {
        double value => value,
        BigInteger value => (double)value,
        _ => Convert.ToDouble(number, CultureInfo.InvariantCulture),
    };

    /// <summary>A float as the double with the same digits: 1.1f is 1.1, not 1.10000002384.</summary>
    public static double AsShown(float number) => float.IsFinite(number) ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number;

    public static decimal AsDecimal(object number) => number switch
    {
        decimal value => value,
        BigInteger value => (decimal)value,
        double value => (decimal)value,
        float value => (decimal)value,
        _ => AsLong(number),
    };
}
