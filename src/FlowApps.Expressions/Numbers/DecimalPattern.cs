using System.Globalization;
using System.Numerics;
using System.Text;

namespace FlowApps.Expressions.Numbers;

/// <summary>A pattern of Java's DecimalFormat (<c>#,##0.00</c>): grouping, minimum and maximum digits, percent, exponent, a part for negative numbers. Rounds half to even.</summary>
internal sealed class DecimalPattern
{
    private const int LongestPattern = 400;

    private string _prefix = "", _suffix = "", _negativePrefix = "-", _negativeSuffix = "";
    private int _minWhole, _maxWhole, _minFraction, _maxFraction, _group, _exponentDigits, _scale;

    /// <summary>Errors: a pattern that cannot be read.</summary>
    public static DecimalPattern Of(string pattern)
    {
        if (pattern.Length > LongestPattern) throw new ExpressionException($"A number format is at most {LongestPattern} characters long.");
        var format = new DecimalPattern();
        var at = 0;
        format._prefix = format.ReadAffix(pattern, ref at);
        format.ReadDigits(pattern, ref at);
        format._suffix = format.ReadAffix(pattern, ref at);
        format._negativePrefix = "-" + format._prefix;
        format._negativeSuffix = format._suffix;
        if (at < pattern.Length && pattern[at] == ';')
        {
            at++;
            var negative = new DecimalPattern();
            format._negativePrefix = negative.ReadAffix(pattern, ref at);
            negative.ReadDigits(pattern, ref at);
            format._negativeSuffix = negative.ReadAffix(pattern, ref at);
        }
        return at == pattern.Length ? format : throw new ExpressionException($"Malformed pattern \"{pattern}\"");
    }

    public string Format(object number, NumberFormatInfo signs)
    {
        if (number is double or float && NumberKind.AsDouble(number) is var value && !double.IsFinite(value))
            return double.IsNaN(value) ? "NaN" : value > 0 ? _prefix + "∞" + _suffix : _negativePrefix + "∞" + _negativeSuffix;
        var (unscaled, places) = Exact(number);
        var isNegative = unscaled < 0 || (number is double zero && double.IsNegative(zero));
        unscaled = BigInteger.Abs(unscaled) * BigInteger.Pow(10, _scale);
        var body = _exponentDigits > 0 ? Scientific(unscaled, places, signs) : Plain(unscaled, places, signs);
        return isNegative ? _negativePrefix + body + _negativeSuffix : _prefix + body + _suffix;
    }

    private string Plain(BigInteger unscaled, int places, NumberFormatInfo signs)
    {
        var rounded = Round(unscaled, places, _maxFraction);
        var digits = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(_maxFraction + 1, '0');
        var whole = digits[..^_maxFraction].TrimStart('0').PadLeft(_minWhole, '0');
        var fraction = digits[^_maxFraction..].TrimEnd('0').PadRight(_minFraction, '0');
        if (whole.Length == 0 && fraction.Length == 0) whole = "0";
        var text = new StringBuilder();
        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && _group > 0 && (whole.Length - i) % _group == 0) text.Append(signs.NumberGroupSeparator);
            text.Append(whole[i]);
        }
        if (fraction.Length > 0) text.Append(signs.NumberDecimalSeparator).Append(fraction);
        return text.ToString();
    }

    private string Scientific(BigInteger unscaled, int places, NumberFormatInfo signs)
    {
        var digits = unscaled.ToString(CultureInfo.InvariantCulture);
        var exponent = unscaled.IsZero ? 0 : digits.Length - 1 - places;
        var wholeDigits = Math.Max(1, _minWhole);
        if (_maxWhole > _minWhole && _maxWhole > 1)
        {
            exponent = (int)Math.Floor(exponent / (double)_maxWhole) * _maxWhole;
            wholeDigits = 1;
        }
        else exponent -= wholeDigits - 1;
        var shifted = places + exponent;
        var mantissa = shifted >= 0
            ? new DecimalPattern { _minWhole = wholeDigits, _minFraction = _minFraction, _maxFraction = _maxFraction }.Plain(unscaled, shifted, signs)
            : new DecimalPattern { _minWhole = wholeDigits, _minFraction = _minFraction, _maxFraction = _maxFraction }.Plain(unscaled * BigInteger.Pow(10, -shifted), 0, signs);
        return mantissa + "E" + (exponent < 0 ? "-" : "") + Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(_exponentDigits, '0');
    }

    /// <summary>The exact value as a whole number and the number of its decimal places.</summary>
    private static (BigInteger Unscaled, int Places) Exact(object number)
    {
        switch (number)
        {
            case double or float:
                var bits = BitConverter.DoubleToInt64Bits(NumberKind.AsDouble(number));
                var power = (int)((bits >> 52) & 0x7FF);
                BigInteger mantissa = bits & 0xFFFFFFFFFFFFF;
                if (power == 0) power++;
                else mantissa |= 1L << 52;
                if (bits < 0) mantissa = -mantissa;
                power -= 1075;
                return power >= 0 ? (mantissa << power, 0) : (mantissa * BigInteger.Pow(5, -power), -power);
            case decimal value:
                var parts = decimal.GetBits(value);
                var unscaled = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
                return (value < 0 ? -unscaled : unscaled, (parts[3] >> 16) & 0xFF);
            default:
                return (NumberKind.AsBig(number), 0);
        }
    }

    private static BigInteger Round(BigInteger unscaled, int places, int wanted)
    {
        if (places <= wanted) return unscaled * BigInteger.Pow(10, wanted - places);
        var divisor = BigInteger.Pow(10, places - wanted);
        var (quotient, remainder) = BigInteger.DivRem(unscaled, divisor);
        var half = (remainder * 2).CompareTo(divisor);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    private void ReadDigits(string pattern, ref int at)
    {
        var (group, isFraction) = (-1, false);
        for (; at < pattern.Length && "#0,.".Contains(pattern[at]); at++)
        {
            switch (pattern[at])
            {
                case ',': group = 0; continue;
                case '.' when isFraction: throw new ExpressionException($"Multiple decimal separators in pattern \"{pattern}\"");
                case '.': isFraction = true; continue;
            }
            var isZero = pattern[at] == '0';
            if (isFraction)
            {
                _maxFraction++;
                if (isZero) _minFraction = _maxFraction;
            }
            else
            {
                if (!isZero && _minWhole > 0) throw new ExpressionException($"Unexpected '0' in pattern \"{pattern}\"");
                _maxWhole++;
                if (isZero) _minWhole++;
                if (group >= 0) group++;
            }
        }
        _group = Math.Max(group, 0);
        // Without any 0 a pattern such as #.## still shows one digit before the point.
        if (isFraction && _minWhole == 0 && _minFraction == 0) _minWhole = 1;
        if (at >= pattern.Length || pattern[at] != 'E') return;
        for (at++; at < pattern.Length && pattern[at] == '0'; at++) _exponentDigits++;
        if (_exponentDigits == 0) throw new ExpressionException($"Malformed exponential pattern \"{pattern}\"");
    }

    private string ReadAffix(string pattern, ref int at)
    {
        var text = new StringBuilder();
        for (; at < pattern.Length; at++)
        {
            var c = pattern[at];
            if ("#0,.;".Contains(c)) break;
            if (c == '\'')
            {
                var end = pattern.IndexOf('\'', at + 1);
                if (end < 0) throw new ExpressionException($"Unquoted special character in pattern \"{pattern}\"");
                text.Append(end == at + 1 ? "'" : pattern[(at + 1)..end]);
                at = end;
                continue;
            }
            if (c == '%') _scale = 2;
            if (c == '‰') _scale = 3;
            text.Append(c == '¤' ? "¤" : c.ToString());
        }
        return text.ToString();
    }
}
