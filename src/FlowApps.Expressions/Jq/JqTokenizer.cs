using System.Globalization;
using System.Text;

namespace FlowApps.Expressions.Jq;

internal enum JqTokenKind { Name, Field, Variable, Format, Number, TextStart, TextPart, InterpolationStart, InterpolationEnd, TextEnd, Sign, End }

internal readonly record struct JqToken(JqTokenKind Kind, string Text, int At)
{
    public bool Is(string sign) => Kind is JqTokenKind.Sign or JqTokenKind.Name && Text == sign;
}

/// <summary>Cuts a jq program into tokens.</summary>
internal sealed class JqTokenizer(string text)
{
    private static readonly string[] Signs = ["?//=", "?//", "//=", "|=", "+=", "-=", "*=", "/=", "%=", "==", "!=", "<=", ">=", "//", "..", "|", ",", ".", "[", "]", "(", ")", "{", "}", ":", ";", "=", "<", ">", "+", "-", "*", "/", "%", "?"];

    private readonly List<JqToken> _tokens = [];
    private readonly Stack<bool> _brackets = new();
    private int _at;

    public List<JqToken> Tokenize()
    {
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
            if (_at >= text.Length) break;
            if (text[_at] == '#') _at = text.IndexOf('\n', _at) is var end and >= 0 ? end : text.Length;
            else Token();
        }
        if (_brackets.Count > 0) throw Invalid("a bracket is not closed", _at);
        _tokens.Add(new JqToken(JqTokenKind.End, "", _at));
        return _tokens;
    }

    private void Token()
    {
        var (start, c) = (_at, text[_at]);
        var next = _at + 1 < text.Length ? text[_at + 1] : '\0';
        if (c == '"') Text();
        else if (c == '.' && (char.IsAsciiLetter(next) || next == '_')) { _at++; Push(JqTokenKind.Field, Word(), start); }
        else if (c is '$' or '@' && (char.IsAsciiLetter(next) || next == '_')) { _at++; Push(c == '$' ? JqTokenKind.Variable : JqTokenKind.Format, Word(), start); }
        else if (char.IsAsciiLetter(c) || c == '_') Push(JqTokenKind.Name, Word(), start);
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(next))) Number(start);
        else if (Signs.FirstOrDefault(sign => string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0) is { } sign) Sign(sign);
        else throw Invalid($"'{c}' is unexpected", start);
    }

    private void Sign(string sign)
    {
        var start = _at;
        _at += sign.Length;
        if (sign is "(" or "[" or "{") _brackets.Push(false);
        if (sign is ")" or "]" or "}")
        {
            if (!_brackets.TryPop(out var isInterpolation)) throw Invalid($"'{sign}' is unexpected", start);
            if (isInterpolation)
            {
                Push(JqTokenKind.InterpolationEnd, sign, start);
                TextRest(start);
                return;
            }
        }
        Push(JqTokenKind.Sign, sign, start);
    }

    private void Number(int start)
    {
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-') _at++;
            while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        }
        Push(JqTokenKind.Number, text[start.._at], start);
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_' || (text[_at] == ':' && _at + 2 < text.Length && text[_at + 1] == ':' && char.IsAsciiLetter(text[_at + 2])))) _at++;
        return text[start.._at];
    }

    private void Text()
    {
        Push(JqTokenKind.TextStart, "\"", _at++);
        TextRest(_at);
    }

    private void TextRest(int start)
    {
        var part = new StringBuilder();
        for (; _at < text.Length && text[_at] != '"'; _at++)
        {
            if (text[_at] != '\\') { part.Append(text[_at]); continue; }
            if (++_at >= text.Length) break;
            switch (text[_at])
            {
                case '(':
                    _at++;
                    Push(JqTokenKind.TextPart, part.ToString(), start);
                    Push(JqTokenKind.InterpolationStart, "\\(", start);
                    _brackets.Push(true);
                    return;
                case 'n': part.Append('\n'); break;
                case 't': part.Append('\t'); break;
                case 'r': part.Append('\r'); break;
                case 'b': part.Append('\b'); break;
                case 'f': part.Append('\f'); break;
                case '"' or '\\' or '/': part.Append(text[_at]); break;
                case 'u' when _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                    part.Append((char)code);
                    _at += 4;
                    break;
                default: throw Invalid($"'\\{text[_at]}' is no escape", _at);
            }
        }
        if (_at >= text.Length) throw Invalid("a text is not closed", start);
        Push(JqTokenKind.TextPart, part.ToString(), start);
        Push(JqTokenKind.TextEnd, "\"", _at++);
    }

    private void Push(JqTokenKind kind, string token, int at) => _tokens.Add(new JqToken(kind, token, at));

    public static ExpressionException Invalid(string why, int at) => new($"Invalid jq expression: {why} (position {at + 1})");
}
