using System.Text.RegularExpressions;

namespace FlowApps.Expressions.Templates;

/// <summary>Cuts a template into tokens: text, and what stands between <c>{{ }}</c> and <c>{% %}</c>.</summary>
internal sealed partial class Tokenizer(Source source)
{
    private static readonly HashSet<string> WordOperators = ["or", "and", "is", "not", "contains", "equals"];
    private static readonly string[] SignOperators = ["???", "??", "..", "==", "!=", ">=", "<=", ">", "<", "+", "-", "*", "/", "%", "|", "~"];
    private const string Interpolation = "#{";

    private readonly string _text = source.Text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<(string Open, int At)> _brackets = new();
    private int _at;
    private bool _trimNext;

    public List<Token> Tokenize()
    {
        while (_at < _text.Length) ReadText();
        Push(TokenKind.End, "", _text.Length);
        return _tokens;
    }

    private void ReadText()
    {
        var start = _at;
        var open = FindOpening(start);
        var text = _text[start..(open < 0 ? _text.Length : open)];
        if (_trimNext) text = text.TrimStart();
        _trimNext = false;
        if (open < 0)
        {
            _at = _text.Length;
            PushText(text, start);
            return;
        }
        _at = open + 2;
        if (VerbatimStart().Match(_text, open) is { Success: true } verbatim)
        {
            ReadVerbatim(text, start, verbatim);
            return;
        }
        if (_at + 1 < _text.Length && _text[_at] == '-' && char.IsWhiteSpace(_text[_at + 1]))
        {
            text = text.TrimEnd();
            if (_text[open + 1] != '#') _at++;
        }
        PushText(text, start);
        switch (_text[open + 1])
        {
            case '#': SkipComment(open); break;
            case '{': ReadTag(TokenKind.PrintStart, TokenKind.PrintEnd, "}}", open); break;
            default: ReadTag(TokenKind.ExecuteStart, TokenKind.ExecuteEnd, "%}", open); break;
        }
    }

    private int FindOpening(int from)
    {
        for (var i = _text.IndexOf('{', from); i >= 0 && i + 1 < _text.Length; i = _text.IndexOf('{', i + 1))
            if (_text[i + 1] is '{' or '%' or '#') return i;
        return -1;
    }

    private void ReadVerbatim(string before, int start, Match opening)
    {
        // Kestra's raw keeps the text around it untouched, Pebble's verbatim honours the trim signs.
        var isRaw = opening.Groups["tag"].ValueSpan is "raw";
        var from = opening.Index + opening.Length;
        var closing = (isRaw ? RawEnd() : VerbatimEnd()).Match(_text, from);
        if (!closing.Success) throw source.Fail($"Unexpected end of template. Pebble was looking for the \"end{opening.Groups["tag"].Value}\" tag", opening.Index);
        var content = _text[from..closing.Index];
        if (!isRaw)
        {
            if (opening.Groups["before"].Success) before = before.TrimEnd();
            if (opening.Groups["inside"].Success) content = content.TrimStart();
            if (closing.Groups["inside"].Success) content = content.TrimEnd();
            _trimNext = closing.Groups["after"].Success;
        }
        PushText(before, start);
        PushText(content, from);
        _at = closing.Index + closing.Length;
    }

    private void SkipComment(int open)
    {
        var end = _text.IndexOf("#}", open + 2, StringComparison.Ordinal);
        if (end < 0) throw source.Fail("Unclosed comment.", open);
        _trimNext = end > open + 2 && _text[end - 1] == '-';
        _at = end + 2;
    }

    private void ReadTag(TokenKind start, TokenKind end, string close, int open)
    {
        Push(start, _text.Substring(open, 2), open);
        while (true)
        {
            SkipWhitespace();
            if (_at >= _text.Length) break;
            if (_brackets.Count == 0 && _text[_at] == '-' && Follows(close, _at + 1)) { _trimNext = true; _at++; }
            if (_brackets.Count == 0 && Follows(close, _at))
            {
                Push(end, close, _at);
                _at += 2;
                return;
            }
            ReadToken();
        }
        if (_brackets.TryPeek(out var bracket)) throw source.Fail($"Unclosed \"{bracket.Open}\"", bracket.At);
        throw source.Fail($"Unclosed \"{_text.Substring(open, 2)}\"", open);
    }

    private void ReadToken()
    {
        var start = _at;
        var c = _text[start];
        if (char.IsLetter(c) || c == '_') ReadName(start);
        else if (char.IsAsciiDigit(c)) ReadNumber(start);
        else if (c == '\'') ReadPlainString(start);
        else if (c == '"') ReadString(start);
        else if (SignOperators.FirstOrDefault(sign => Follows(sign, start)) is { } sign)
        {
            Push(TokenKind.Operator, sign, start);
            _at += sign.Length;
        }
        else if ("()[]{}?:.,=".Contains(c)) ReadPunctuation(c, start);
        else throw source.Fail($"Unexpected character [{c}]", start);
    }

    private void ReadName(int start)
    {
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_')) _at++;
        var name = _text[start.._at];
        Push(WordOperators.Contains(name) ? TokenKind.Operator : TokenKind.Name, string.Intern(name), start);
    }

    private void ReadNumber(int start)
    {
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        var isDecimal = _at + 1 < _text.Length && _text[_at] == '.' && char.IsAsciiDigit(_text[_at + 1]);
        if (isDecimal)
        {
            _at++;
            while (_at < _text.Length && char.IsAsciiDigit(_text[_at])) _at++;
        }
        Push(isDecimal ? TokenKind.Decimal : TokenKind.Whole, _text[start.._at], start);
        if (!isDecimal && _at < _text.Length && _text[_at] == 'L') _at++;
    }

    private void ReadPlainString(int start)
    {
        for (_at++; _at < _text.Length && _text[_at] != '\''; _at++)
            if (_text[_at] == '\\') _at++;
        if (_at >= _text.Length) throw source.Fail("Unexpected character [']", start);
        Push(TokenKind.String, _text[(start + 1).._at].Replace("\\'", "'", StringComparison.Ordinal), start);
        _at++;
    }

    /// <summary>Reads a double-quoted string up to its end or its first <c>#{</c>.</summary>
    private void ReadString(int start)
    {
        _at++;
        var part = ReadStringPart(start, out var isEnd);
        if (isEnd)
        {
            Push(TokenKind.String, part, start);
            return;
        }
        Push(TokenKind.StringStart, "\"", start);
        Push(TokenKind.StringPart, part, start);
        OpenInterpolation();
    }

    private void ContinueString(int at)
    {
        Push(TokenKind.InterpolationEnd, "}", at);
        var part = ReadStringPart(at, out var isEnd);
        Push(TokenKind.StringPart, part, at);
        if (isEnd) Push(TokenKind.StringEnd, "\"", _at);
        else OpenInterpolation();
    }

    private void OpenInterpolation()
    {
        Push(TokenKind.InterpolationStart, Interpolation, _at);
        _brackets.Push((Interpolation, _at));
        _at += 2;
    }

    private string ReadStringPart(int start, out bool isEnd)
    {
        var from = _at;
        for (; _at < _text.Length && _text[_at] != '"' && !Follows(Interpolation, _at); _at++)
            if (_text[_at] == '\\') _at++;
        if (_at >= _text.Length) throw source.Fail("Unexpected character [\"]", start);
        var part = _text[from.._at].Replace("\\\"", "\"", StringComparison.Ordinal);
        isEnd = _text[_at] == '"';
        if (isEnd) _at++;
        return part;
    }

    private void ReadPunctuation(char c, int start)
    {
        _at++;
        if (c is '(' or '[' or '{') _brackets.Push((c.ToString(), start));
        if (c is ')' or ']' or '}')
        {
            if (!_brackets.TryPop(out var bracket)) throw source.Fail($"Unexpected \"{c}\"", start);
            if (c == '}' && bracket.Open == Interpolation) { ContinueString(start); return; }
            if ((bracket.Open, c) is not (("(", ')') or ("[", ']') or ("{", '}'))) throw source.Fail($"Unclosed \"{bracket.Open}\"", bracket.At);
        }
        Push(TokenKind.Punctuation, c.ToString(), start);
    }

    private void SkipWhitespace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
    }

    private bool Follows(string what, int at) => at + what.Length <= _text.Length && string.CompareOrdinal(_text, at, what, 0, what.Length) == 0;

    private void PushText(string text, int at)
    {
        if (text.Length > 0) Push(TokenKind.Text, text, at);
    }

    private void Push(TokenKind kind, string text, int at) => _tokens.Add(new Token(kind, text, at));

    [GeneratedRegex(@"\G\{%(?<before>-)?\s*(?<tag>raw|verbatim)\s*(?<inside>-)?%\}")]
    private static partial Regex VerbatimStart();

    [GeneratedRegex(@"\{%(?<inside>-)?\s*endraw\s*(?<after>-)?%\}")]
    private static partial Regex RawEnd();

    [GeneratedRegex(@"\{%(?<inside>-)?\s*endverbatim\s*(?<after>-)?%\}")]
    private static partial Regex VerbatimEnd();
}
