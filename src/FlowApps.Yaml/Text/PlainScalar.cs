using System.Globalization;
using System.Numerics;

namespace FlowApps.Yaml.Text;

/// <summary>
/// What an unquoted scalar means. YAML 1.1 as read by Jackson over SnakeYAML, which is what flows were written for: yes/no/on/off are booleans,
/// underscores may group digits, 0x, 0b and a leading 0 choose the base; dates, times and base 60 stay text.
/// </summary>
internal static class PlainScalar
{
    public static object? Resolve(string text) => text.Length == 0 ? null : text[0] switch
    {
        '~' or 'n' or 'N' or 't' or 'T' or 'f' or 'F' or 'y' or 'Y' or 'o' or 'O' => Word(text),
        '+' or '-' or '.' or (>= '0' and <= '9') => Number(text) ?? text,
        _ => text,
    };

    private static object? Word(string text) => text switch
    {
        "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => text,
    };

    private static object? Number(string text)
    {
        var sign = text[0] == '-' ? -1 : 1;
        var digits = text[0] is '-' or '+' ? text[1..] : text;
        if (digits is ".inf" or ".Inf" or ".INF") return sign * double.PositiveInfinity;
        if (text is ".nan" or ".NaN" or ".NAN") return double.NaN;
        if (digits.Length is 0 or > 200) return null;
        if (digits.Length > 1 && digits[0] == '0' && digits[1] != '.')
        {
            var radix = digits[1] switch { 'x' => 16, 'b' => 2, (>= '0' and <= '7') or '_' => 8, _ => 0 };
            if (radix != 0) return Whole(digits[(radix == 8 ? 1 : 2)..], radix, sign);
        }
        return digits[0] == '_' ? null : digits.All(c => char.IsAsciiDigit(c) || c == '_') ? (digits.Length > 1 && digits[0] == '0' ? null : Whole(digits, 10, sign)) : Real(digits, sign);
    }

    private static object? Whole(string digits, int radix, int sign)
    {
        var number = BigInteger.Zero;
        var any = false;
        foreach (var c in digits)
        {
            if (c == '_') continue;
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : 99;
            if (digit >= radix) return null;
            number = number * radix + digit;
            any = true;
        }
        if (!any) return null;
        number *= sign;
        if (number >= int.MinValue && number <= int.MaxValue) return (int)number;
        if (number >= long.MinValue && number <= long.MaxValue) return (long)number;
        return number;
    }

    private static object? Real(string digits, int sign)
    {
        var point = false;
        var exponent = false;
        var any = false;
        for (var i = 0; i < digits.Length; i++)
        {
            var c = digits[i];
            if (char.IsAsciiDigit(c)) any = true;
            else if (c == '_' && i > 0 && !exponent) continue;
            else if (c == '.' && !point && !exponent) point = true;
            else if (c is 'e' or 'E' && any && !exponent) exponent = true;
            else if (c is '+' or '-' && digits[i - 1] is 'e' or 'E') continue;
            else return null;
        }
        if (!any || !char.IsAsciiDigit(digits[^1]) && digits[^1] is not ('.' or '_')) return null;
        return double.TryParse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? sign * number : null;
    }
}
