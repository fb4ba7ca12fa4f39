using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Yaml;

/// <summary>Reads what stands in brackets, braces or quotes; it may go on over lines.</summary>
internal sealed class YamlFlow(string line, Func<string?> more, YamlLines lines, Evaluation evaluation)
{
    private string _line = line;
    private int _at;

    public object? Value()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw lines.Invalid("it is nested too deeply");
        evaluation.Burn(1);
        SkipBlank();
        return _line[_at] switch
        {
            '[' => List(),
            '{' => Map(),
            '"' => DoubleQuoted(),
            '\'' => SingleQuoted(),
            '&' or '*' => throw lines.Invalid("anchors and aliases are not allowed"),
            _ => YamlReader.Typed(Plain()),
        };
    }

    /// <summary>Nothing but a comment may follow.</summary>
    public void ExpectEnd()
    {
        if (YamlLines.WithoutComment(" " + _line[_at..]).Trim().Length > 0) throw lines.Invalid($"'{_line[_at..].Trim()}' is unexpected");
    }

    private List<object?> List()
    {
        var list = new List<object?>();
        _at++;
        for (SkipBlank(); _line[_at] != ']'; SkipBlank())
        {
            var value = Value();
            SkipBlank();
            if (_line[_at] == ':' && value is not null)
            {
                _at++;
                value = new OrderedDictionary<string, object?>(StringComparer.Ordinal) { [Numbers.JavaText.Of(value, evaluation)] = Value() };
                SkipBlank();
            }
            list.Add(value);
            Separator(']');
        }
        _at++;
        return list;
    }

    private OrderedDictionary<string, object?> Map()
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        _at++;
        for (SkipBlank(); _line[_at] != '}'; SkipBlank())
        {
            var key = _line[_at] switch { '"' => DoubleQuoted(), '\'' => SingleQuoted(), _ => Plain() };
            SkipBlank();
            object? value = null;
            if (_line[_at] == ':')
            {
                _at++;
                SkipBlank();
                if (_line[_at] is not (',' or '}')) value = Value();
            }
            map[key] = value;
            SkipBlank();
            Separator('}');
        }
        _at++;
        return map;
    }

    private void Separator(char close)
    {
        if (_line[_at] == ',') _at++;
        else if (_line[_at] != close) throw lines.Invalid($"',' or '{close}' is missing");
    }

    private string Plain()
    {
        var text = new StringBuilder();
        while (true)
        {
            var start = _at;
            while (_at < _line.Length && !IsEndOfPlain()) _at++;
            text.Append(_line.AsSpan(start, _at - start).Trim());
            if (_at < _line.Length) break;
            SkipBlank();
            if (IsEndOfPlain()) break;
            text.Append(' ');
        }
        return text.Length > 0 ? text.ToString() : throw lines.Invalid($"'{_line[_at]}' is unexpected");
    }

    private bool IsEndOfPlain() => _line[_at] is ',' or '[' or ']' or '{' or '}'
        || (_line[_at] == '#' && _at > 0 && char.IsWhiteSpace(_line[_at - 1]))
        || (_line[_at] == ':' && (_at + 1 == _line.Length || char.IsWhiteSpace(_line[_at + 1]) || _line[_at + 1] is ',' or '[' or ']' or '{' or '}'));

    private string SingleQuoted()
    {
        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= _line.Length) { Fold(text); continue; }
            if (_line[_at] != '\'') { text.Append(_line[_at]); continue; }
            if (_at + 1 >= _line.Length || _line[_at + 1] != '\'') break;
            text.Append('\'');
            _at++;
        }
        _at++;
        return text.ToString();
    }

    private string DoubleQuoted()
    {
        var text = new StringBuilder();
        for (_at++; ; _at++)
        {
            if (_at >= _line.Length) Fold(text);
            else if (_line[_at] == '"') break;
            else if (_line[_at] != '\\') text.Append(_line[_at]);
            else if (++_at >= _line.Length) NextLine();
            else Escape(text);
        }
        _at++;
        return text.ToString();
    }

    private void Escape(StringBuilder text)
    {
        switch (_line[_at])
        {
            case 'n': text.Append('\n'); break;
            case 't': text.Append('\t'); break;
            case 'r': text.Append('\r'); break;
            case '0': text.Append('\0'); break;
            case 'a': text.Append('\a'); break;
            case 'b': text.Append('\b'); break;
            case 'e': text.Append('\u001b'); break;
            case 'f': text.Append('\f'); break;
            case 'v': text.Append('\v'); break;
            case '_': text.Append('\u00a0'); break;
            case 'x': text.Append((char)Code(2)); break;
            case 'u': text.Append((char)Code(4)); break;
            case 'U': text.Append(Rune.TryCreate(Code(8), out var rune) ? rune.ToString() : throw lines.Invalid("a code point is out of range")); break;
            case '"' or '\\' or '/' or ' ': text.Append(_line[_at]); break;
            default: throw lines.Invalid($"'\\{_line[_at]}' is no escape");
        }
    }

    private int Code(int digits)
    {
        if (_at + digits >= _line.Length || !int.TryParse(_line.AsSpan(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)) throw lines.Invalid("an escape is incomplete");
        _at += digits;
        return code;
    }

    /// <summary>A line break inside quotes is a space, blank lines are breaks.</summary>
    private void Fold(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] is ' ' or '\t') text.Length--;
        var blanks = 0;
        NextLine();
        while (_line.Length == 0) { blanks++; NextLine(); }
        if (blanks == 0) text.Append(' ');
        else text.Append('\n', blanks);
    }

    /// <summary>Leaves the place before the first letter of the next line, as the loops step on by one.</summary>
    private void NextLine()
    {
        _line = more() ?? throw lines.Invalid("it ends inside brackets or quotes");
        _at = -1;
    }

    private void SkipBlank()
    {
        while (true)
        {
            while (_at < _line.Length && char.IsWhiteSpace(_line[_at])) _at++;
            if (_at < _line.Length && !(_line[_at] == '#' && (_at == 0 || char.IsWhiteSpace(_line[_at - 1])))) return;
            NextLine();
            _at = 0;
        }
    }
}
