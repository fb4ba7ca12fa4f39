using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Dates;

namespace FlowApps.Expressions.Ion;

/// <summary>Reads ION text: any number of values, one after the other.</summary>
internal sealed partial class IonReader(string text)
{
    private int _at;

    /// <summary>Errors: <see cref="ExpressionException"/> with the position in the text.</summary>
    public static IEnumerable<object?> ReadAll(string text)
    {
        var reader = new IonReader(text);
        while (reader.SkipBlank()) yield return reader.Value();
    }

    private object? Value()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw Invalid("it is nested too deeply");
        if (!SkipBlank()) throw Invalid("it ends too early");
        var start = _at;
        if (IsAt("{{")) return Blob();
        switch (text[_at])
        {
            case '{': return Struct();
            case '[': return Items('[', ']', isSeparated: true);
            case '(': return Items('(', ')', isSeparated: false);
            case '"': return Quoted('"');
            case '\'' when IsAt("'''"): return LongText();
            case '\'':
                var symbol = Quoted('\'');
                return Annotation(symbol) ? Value() : symbol;
        }
        var match = Scalar().Match(text, _at);
        if (!match.Success) throw Invalid($"'{text[_at]}' is unexpected");
        _at += match.Length;
        var token = match.Value;
        if (char.IsLetter(token[0]) && Annotation(token)) return Typed(token, Value());
        return Read(token) ?? (token.StartsWith("null", StringComparison.Ordinal) ? null : throw Invalid($"'{token}' is no value", start));
    }

    private bool Annotation(string token)
    {
        var before = _at;
        SkipBlank();
        if (IsAt("::")) { _at += 2; return true; }
        _at = before;
        return false;
    }

    private static object? Typed(string annotation, object? value) => (annotation, value) switch
    {
        ("ZonedDateTime" or "OffsetDateTime", string iso) when IsoDates.TryRead(iso, Zone.Utc, out var moment, out _) => moment.At,
        ("LocalDateTime", string iso) when IsoDates.TryRead(iso, Zone.Utc, out var moment, out _) => DateTime.SpecifyKind(moment.At.DateTime, DateTimeKind.Unspecified),
        ("LocalTime", string iso) when TimeOnly.TryParse(iso, CultureInfo.InvariantCulture, out var time) => time,
        _ => value,
    };

    private static object? Read(string token)
    {
        switch (token)
        {
            case "true": return true;
            case "false": return false;
            case "nan": return double.NaN;
            case "+inf": return double.PositiveInfinity;
            case "-inf": return double.NegativeInfinity;
        }
        if (token.StartsWith("null", StringComparison.Ordinal)) return null;
        if (char.IsLetter(token[0]) || token[0] is '_' or '$') return token;
        if (token.Length >= 5 && char.IsAsciiDigit(token[3]) && (token[4] == 'T' || (token[4] == '-' && token.Length >= 8))) return Timestamp(token);
        var number = token.Replace("_", "", StringComparison.Ordinal);
        if (Integer().IsMatch(number)) return Whole(BigInteger.Parse(number, CultureInfo.InvariantCulture));
        if (number.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && BigInteger.TryParse("0" + number[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex)) return Whole(hex);
        if (number.Contains('e', StringComparison.OrdinalIgnoreCase))
            return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null;
        var exact = number.Replace('d', 'e').Replace('D', 'e');
        return decimal.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var precise) ? precise
            : double.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var rough) ? rough : null;
    }

    private static object Whole(BigInteger number) =>
        number >= int.MinValue && number <= int.MaxValue ? (int)number : number >= long.MinValue && number <= long.MaxValue ? (long)number : number;

    private static object? Timestamp(string token)
    {
        if (DateOnly.TryParseExact(token.TrimEnd('T'), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        return IsoDates.TryRead(token, Zone.Utc, out var moment, out _) ? moment.At.UtcDateTime : token.TrimEnd('T');
    }

    private OrderedDictionary<string, object?> Struct()
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        while (!End('}'))
        {
            var key = text[_at] is '"' or '\'' ? Quoted(text[_at]) : Symbol();
            if (!SkipBlank() || text[_at] != ':') throw Invalid("':' is missing behind a field name");
            _at++;
            map[key] = Value();
            if (End('}')) break;
            if (text[_at++] != ',') throw Invalid("',' is missing between fields", _at - 1);
        }
        _at++;
        return map;
    }

    private List<object?> Items(char open, char close, bool isSeparated)
    {
        var list = new List<object?>();
        _at++;
        while (!End(close))
        {
            list.Add(Value());
            if (!isSeparated || End(close)) continue;
            if (text[_at++] != ',') throw Invalid("',' is missing between items", _at - 1);
        }
        _at++;
        return list;
    }

    private bool End(char close) => SkipBlank() ? text[_at] == close : throw Invalid($"'{close}' is missing");

    private string Symbol()
    {
        var match = Name().Match(text, _at);
        if (!match.Success) throw Invalid("a field name is missing");
        _at += match.Length;
        return match.Value;
    }

    private string Blob()
    {
        var end = text.IndexOf("}}", _at, StringComparison.Ordinal);
        if (end < 0) throw Invalid("'}}' is missing");
        var content = text[(_at + 2)..end].Trim();
        _at = end + 2;
        return content;
    }

    private string LongText()
    {
        var content = new StringBuilder();
        while (SkipBlank() && IsAt("'''"))
        {
            _at += 3;
            while (!IsAt("'''")) Letter(content);
            _at += 3;
        }
        return content.ToString();
    }

    private string Quoted(char quote)
    {
        var content = new StringBuilder();
        _at++;
        while (_at < text.Length && text[_at] != quote) Letter(content);
        if (_at >= text.Length) throw Invalid("a text is not closed");
        _at++;
        return content.ToString();
    }

    private void Letter(StringBuilder content)
    {
        if (_at >= text.Length) throw Invalid("a text is not closed");
        var c = text[_at++];
        if (c != '\\') { content.Append(c); return; }
        if (_at >= text.Length) throw Invalid("a text is not closed");
        c = text[_at++];
        switch (c)
        {
            case 'n': content.Append('\n'); break;
            case 'r': content.Append('\r'); break;
            case 't': content.Append('\t'); break;
            case '0': content.Append('\0'); break;
            case 'a': content.Append('\a'); break;
            case 'b': content.Append('\b'); break;
            case 'f': content.Append('\f'); break;
            case 'v': content.Append('\v'); break;
            case '\n': break;
            case 'x': content.Append((char)Code(2)); break;
            case 'u': content.Append((char)Code(4)); break;
            case 'U': content.Append(Rune.TryCreate(Code(8), out var rune) ? rune.ToString() : throw Invalid("a code point is out of range")); break;
            default: content.Append(c); break;
        }
    }

    private int Code(int digits)
    {
        if (_at + digits > text.Length || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) throw Invalid("an escape is incomplete");
        _at += digits;
        return code;
    }

    private bool SkipBlank()
    {
        while (_at < text.Length)
        {
            if (char.IsWhiteSpace(text[_at])) _at++;
            else if (IsAt("//")) _at = text.IndexOf('\n', _at) is var end and >= 0 ? end : text.Length;
            else if (IsAt("/*")) _at = text.IndexOf("*/", _at, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : text.Length;
            else return true;
        }
        return false;
    }

    private bool IsAt(string what) => string.CompareOrdinal(text, _at, what, 0, what.Length) == 0;

    private ExpressionException Invalid(string why, int? at = null) => new($"Invalid ion: {why} (position {at ?? _at})");

    [GeneratedRegex(@"\G(?:[$A-Za-z_][$A-Za-z0-9_]*(?:\.[a-z]+)?|[+-]inf|[+-]?[0-9][0-9A-Za-z_.:+-]*)")]
    private static partial Regex Scalar();

    [GeneratedRegex(@"\G[$A-Za-z_][$A-Za-z0-9_]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[+-]?[0-9]+$")]
    private static partial Regex Integer();
}
