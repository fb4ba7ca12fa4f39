using System.Globalization;
using System.Numerics;

namespace FlowApps.Expressions.Numbers;

/// <summary>Text as a number of a wanted or of the smallest fitting type.</summary>
internal static class NumberText
{
    private const NumberStyles Fraction = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
    private const int LongestInteger = 4_000;
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>Errors: text that is no number, or does not fit the wanted type.</summary>
    public static object Parse(string text, string type)
    {
        if (text.Length is 0 or > LongestInteger) throw NotANumber(text);
        return type switch
        {
            "" => Smallest(text),
            "INT" => int.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var value) ? value : throw NotANumber(text),
            "LONG" => long.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var value) ? value : throw NotANumber(text),
            "FLOAT" => float.TryParse(text, Fraction, Plain, out var value) ? value : throw NotANumber(text),
            "DOUBLE" => double.TryParse(text, Fraction, Plain, out var value) ? value : throw NotANumber(text),
            "BIGDECIMAL" => decimal.TryParse(text, Fraction, Plain, out var value) ? value : throw NotANumber(text),
            "BIGINTEGER" => BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var value) ? value : throw NotANumber(text),
            _ => throw new ExpressionException($"'{type}' is no number type. Use INT, LONG, FLOAT, DOUBLE, BIGDECIMAL or BIGINTEGER."),
        };
    }

    private static object Smallest(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var small)) return small;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var whole)) return whole;
        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var big)) return big;
        var suffix = char.ToUpperInvariant(text[^1]);
        if (suffix is 'L' && long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowLeadingSign, Plain, out whole)) return whole;
        if (suffix is 'F' && float.TryParse(text.AsSpan(0, text.Length - 1), Fraction, Plain, out var single)) return single;
        if (suffix is 'D' && double.TryParse(text.AsSpan(0, text.Length - 1), Fraction, Plain, out var twice)) return twice;
        if (!double.TryParse(text, Fraction, Plain, out var value) || !double.IsFinite(value)) throw NotANumber(text);
        // A float where it holds all the digits, as commons-lang chooses.
        var digits = text.Count(char.IsAsciiDigit);
        if (digits <= 7 && float.TryParse(text, Fraction, Plain, out var rounded) && float.IsFinite(rounded) && (rounded != 0 || value == 0)) return rounded;
        return digits <= 16 || !decimal.TryParse(text, Fraction, Plain, out var exact) ? value : exact;
    }

    private static ExpressionException NotANumber(string text) => new($"{(text.Length > 50 ? text[..50] + "…" : text)} is not a valid number.");
}
