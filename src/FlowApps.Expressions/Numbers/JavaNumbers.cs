using System.Globalization;
using System.Text;

namespace FlowApps.Expressions.Numbers;

/// <summary>Doubles and floats as Java prints them: shortest digits, at least one decimal, exponents from 10^7 up and below 10^-3.</summary>
internal static class JavaNumbers
{
    public static string Of(double number) => Print(number, number.ToString("R", CultureInfo.InvariantCulture));

    public static string Of(float number) => Print(number, number.ToString("R", CultureInfo.InvariantCulture));

    public static string Of(decimal number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Print(double number, string shortest)
    {
        if (double.IsNaN(number)) return "NaN";
        if (double.IsInfinity(number)) return number > 0 ? "Infinity" : "-Infinity";
        if (number == 0) return double.IsNegative(number) ? "-0.0" : "0.0";
        var (digits, exponent) = Split(shortest.AsSpan(number < 0 ? 1 : 0));
        var text = new StringBuilder(number < 0 ? "-" : "", 28);
        if (exponent is >= 7 or < -3) return text.Append(digits[0]).Append('.').Append(digits.Length > 1 ? digits[1..] : "0").Append('E').Append(exponent).ToString();
        if (exponent < 0) return text.Append("0.").Append('0', -exponent - 1).Append(digits).ToString();
        var whole = digits.Length > exponent + 1 ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
        return text.Append(whole).Append('.').Append(digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0").ToString();
    }

    /// <summary>Significant digits, and the power of ten of the first one.</summary>
    private static (string Digits, int Exponent) Split(ReadOnlySpan<char> text)
    {
        var e = text.IndexOf('E');
        var power = e < 0 ? 0 : int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? text : text[..e];
        var point = mantissa.IndexOf('.');
        var all = point < 0 ? mantissa.ToString() : string.Concat(mantissa[..point], mantissa[(point + 1)..]);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? mantissa.Length : point) - 1 - (all.Length - digits.Length) + power;
        digits = digits.TrimEnd('0');
        return (digits, exponent);
    }
}
