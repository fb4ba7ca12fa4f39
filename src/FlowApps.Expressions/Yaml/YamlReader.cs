using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Yaml;

/// <summary>
/// Reads the first document of a YAML text into plain values: block and flow collections, plain, quoted, literal and folded scalars, comments.
/// Anchors, aliases and complex keys are refused; a tag is read over.
/// </summary>
internal sealed partial class YamlReader
{
    private readonly YamlLines _lines;
    private readonly Evaluation _evaluation;

    private YamlReader(string text, Evaluation evaluation) => (_lines, _evaluation) = (new YamlLines(text), evaluation);

    /// <summary>Errors: <see cref="ExpressionException"/> with the line in the YAML text.</summary>
    public static object? Parse(string text, Evaluation evaluation)
    {
        var reader = new YamlReader(text, evaluation);
        var value = reader._lines.IsEnd ? null : reader.Block(reader._lines.Indent);
        return reader._lines.IsEnd ? value : throw reader._lines.Invalid("a line does not belong to what stands before it");
    }

    private object? Block(int indent)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) throw _lines.Invalid("it is nested too deeply");
        _evaluation.Burn(1);
        var line = _lines.Content;
        if (IsItem(line)) return List(indent);
        return KeyOf(line) is not null ? Map(indent) : Scalar(line, indent - 1);
    }

    private List<object?> List(int indent)
    {
        var list = new List<object?>();
        while (!_lines.IsEnd && _lines.Indent == indent && IsItem(_lines.Content))
        {
            var rest = _lines.Content[1..].TrimStart();
            var isBlank = rest.Length == 0 || rest[0] == '#';
            if (isBlank)
            {
                _lines.Next();
                list.Add(!_lines.IsEnd && _lines.Indent > indent ? Block(_lines.Indent) : null);
                continue;
            }
            var inner = indent + _lines.Content.Length - rest.Length;
            if (IsItem(rest) || KeyOf(rest) is not null)
            {
                _lines.MoveIn(inner, rest);
                list.Add(Block(inner));
            }
            else list.Add(Scalar(rest, indent));
        }
        return list;
    }

    private OrderedDictionary<string, object?> Map(int indent)
    {
        var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        while (!_lines.IsEnd && _lines.Indent == indent)
        {
            if (KeyOf(_lines.Content) is not { } key) throw _lines.Invalid("a key with ':' is missing");
            if (map.ContainsKey(key.Text)) throw _lines.Invalid($"the key '{key.Text}' stands there twice");
            var rest = _lines.Content[key.Length..].TrimStart();
            if (rest.Length > 0 && rest[0] != '#')
            {
                map[key.Text] = Scalar(rest, indent);
                continue;
            }
            _lines.Next();
            var hasBlock = !_lines.IsEnd && (_lines.Indent > indent || (_lines.Indent == indent && IsItem(_lines.Content)));
            map[key.Text] = hasBlock ? Block(_lines.Indent) : null;
        }
        if (!_lines.IsEnd && _lines.Indent > indent) throw _lines.Invalid("a line is moved in too far");
        return map;
    }

    /// <summary>A value that begins in this line; it may go on in following lines that are moved in further than its parent.</summary>
    private object? Scalar(string first, int parent)
    {
        if (first[0] == '!')
        {
            first = first[(first.IndexOf(' ') is var space and > 0 ? space : first.Length)..].TrimStart();
            if (first.Length == 0)
            {
                _lines.Next();
                return null;
            }
        }
        switch (first[0])
        {
            case '&' or '*': throw _lines.Invalid("anchors and aliases are not allowed");
            case '|' or '>': return _lines.BlockScalar(first, parent);
            case '[' or '{' or '"' or '\'':
                var flow = new YamlFlow(first, more: () => _lines.TakeContinuation(parent), _lines, _evaluation);
                var value = flow.Value();
                flow.ExpectEnd();
                _lines.Next();
                return value;
        }
        if (KeyOf(first) is not null) throw _lines.Invalid("mapping values are not allowed here");
        var text = new StringBuilder(YamlLines.WithoutComment(first));
        var hasComment = text.Length < first.TrimEnd().Length;
        _lines.Next();
        while (!hasComment && !_lines.IsEnd && _lines.Indent > parent)
        {
            if (KeyOf(_lines.Content) is not null) throw _lines.Invalid("mapping values are not allowed here");
            text.Append('\n', Math.Max(_lines.BlanksBefore, 0));
            if (_lines.BlanksBefore == 0) text.Append(' ');
            text.Append(YamlLines.WithoutComment(_lines.Content));
            _lines.Next();
        }
        return Typed(text.ToString());
    }

    private static bool IsItem(string line) => line == "-" || line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("-\t", StringComparison.Ordinal);

    /// <summary>The key that a line begins with, and where its value begins.</summary>
    private (string Text, int Length)? KeyOf(string line)
    {
        if (line.StartsWith("? ", StringComparison.Ordinal)) throw _lines.Invalid("complex keys are not allowed");
        if (line[0] is '"' or '\'')
        {
            var match = QuotedKey().Match(line);
            if (!match.Success) return null;
            var flow = new YamlFlow(match.Groups[1].Value, () => null, _lines, _evaluation);
            return ((string?)flow.Value() ?? "", match.Length);
        }
        if (line[0] is '[' or '{' or '#' or '|' or '>' or '%' or '@' or '`') return null;
        for (var i = line.IndexOf(':'); i >= 0; i = line.IndexOf(':', i + 1))
        {
            if (i + 1 < line.Length && !char.IsWhiteSpace(line[i + 1])) continue;
            var key = line[..i];
            return key.Contains(" #", StringComparison.Ordinal) ? null : (key.TrimEnd(), i + 1);
        }
        return null;
    }

    /// <summary>A plain scalar by YAML's core rules.</summary>
    internal static object? Typed(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return null;
            case "true" or "True" or "TRUE": return true;
            case "false" or "False" or "FALSE": return false;
            case ".nan" or ".NaN" or ".NAN": return double.NaN;
            case ".inf" or "+.inf" or ".Inf": return double.PositiveInfinity;
            case "-.inf" or "-.Inf": return double.NegativeInfinity;
        }
        if (Integer().IsMatch(text))
        {
            var number = BigInteger.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            return number >= int.MinValue && number <= int.MaxValue ? (int)number : number >= long.MinValue && number <= long.MaxValue ? (long)number : number;
        }
        return Real().IsMatch(text) ? double.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : text;
    }

    [GeneratedRegex(@"^(""(?:[^""\\]|\\.)*""|'(?:[^']|'')*')\s*:(?=\s|$)", RegexOptions.None, 1_000)]
    private static partial Regex QuotedKey();

    [GeneratedRegex(@"^[+-]?(0|[1-9][0-9_]{0,400})$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[+-]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9]*)?)([eE][+-]?[0-9]+)?$")]
    private static partial Regex Real();
}
