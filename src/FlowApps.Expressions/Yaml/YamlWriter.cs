using System.Text.RegularExpressions;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Yaml;

/// <summary>Writes a value as block YAML: quotes only where needed, lists moved in by one, texts with line breaks as literal blocks.</summary>
internal sealed partial class YamlWriter
{
    private readonly TextOutput _output;
    private readonly Evaluation _evaluation;

    private YamlWriter(Evaluation evaluation) => (_output, _evaluation) = (TextOutput.Rent(evaluation), evaluation);

    public static string Of(object? value, Evaluation evaluation)
    {
        var writer = new YamlWriter(evaluation);
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> { Count: > 0 } map: writer.WriteMap(map, 0); break;
            case IReadOnlyList<object?> { Count: > 0 } list: writer.WriteList(list, 0); break;
            default:
                writer.WriteScalar(value, 0);
                writer._output.Append('\n');
                break;
        }
        return writer._output.Finish();
    }

    private void WriteMap(IReadOnlyDictionary<string, object?> map, int indent)
    {
        _evaluation.Descend();
        foreach (var (key, value) in map)
        {
            Spaces(indent);
            _output.Append(Reserved().IsMatch(key) || Number().IsMatch(key) ? DoubleQuoted(key) : Inline(key));
            _output.Append(':');
            switch (value)
            {
                case IReadOnlyDictionary<string, object?> { Count: > 0 } inner:
                    _output.Append('\n');
                    WriteMap(inner, indent + 2);
                    break;
                case IReadOnlyList<object?> { Count: > 0 } inner:
                    _output.Append('\n');
                    WriteList(inner, indent);
                    break;
                default:
                    _output.Append(' ');
                    WriteScalar(value, indent);
                    _output.Append('\n');
                    break;
            }
        }
        _evaluation.Ascend();
    }

    private void WriteList(IReadOnlyList<object?> list, int indent)
    {
        _evaluation.Descend();
        foreach (var item in list)
        {
            Spaces(indent + 1);
            _output.Append('-');
            switch (item)
            {
                case IReadOnlyDictionary<string, object?> { Count: > 0 } inner:
                    _output.Append('\n');
                    WriteMap(inner, indent + 2);
                    break;
                case IReadOnlyList<object?> { Count: > 0 } inner:
                    _output.Append('\n');
                    WriteList(inner, indent + 2);
                    break;
                default:
                    _output.Append(' ');
                    WriteScalar(item, indent);
                    _output.Append('\n');
                    break;
            }
        }
        _evaluation.Ascend();
    }

    private void WriteScalar(object? value, int indent)
    {
        switch (value)
        {
            case null: _output.Append("null"); break;
            case IReadOnlyDictionary<string, object?>: _output.Append("{}"); break;
            case IReadOnlyList<object?>: _output.Append("[]"); break;
            case string text when text.Contains('\n') && !NeedsEscapes().IsMatch(text): WriteBlock(text, indent + 2); break;
            case string text when text.Contains('\n') || Reserved().IsMatch(text) || Structural().IsMatch(text): _output.Append(DoubleQuoted(text)); break;
            case string text: _output.Append(Inline(text)); break;
            case DateTimeOffset or DateTime or DateOnly or TimeOnly: _output.Append(Inline(IsoText.Json(value))); break;
            case TimeSpan span: _output.Append(JsonText.Seconds(span)); break;
            default: _output.Append(JavaText.OfScalar(value)); break;
        }
    }

    private void WriteBlock(string text, int indent)
    {
        _output.Append("|");
        if (text[0] is ' ' or '\n') _output.Append('2');
        if (!text.EndsWith('\n')) _output.Append('-');
        else if (text.EndsWith("\n\n", StringComparison.Ordinal) || text.Length == 1) _output.Append('+');
        var lines = text.Split('\n');
        var count = text.EndsWith('\n') ? lines.Length - 1 : lines.Length;
        for (var i = 0; i < count; i++)
        {
            _output.Append('\n');
            if (lines[i].Length > 0) Spaces(indent);
            _output.Append(lines[i]);
        }
    }

    /// <summary>Text as it is if YAML reads it back so, else quoted.</summary>
    private string Inline(string text) =>
        NotPlain().IsMatch(text) ? Control().IsMatch(text) ? DoubleQuoted(text) : "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'" : text;

    private string DoubleQuoted(string text)
    {
        var quoted = TextOutput.Rent(_evaluation);
        JsonText.Quoted(text, quoted);
        return quoted.Finish();
    }

    private void Spaces(int count) => _output.Append(new string(' ', count));

    [GeneratedRegex(@"^(|~|null|true|false|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"^[+-]?(0x[0-9A-Fa-f]+|[0-9][0-9_]*(\.[0-9]*)?([eE][+-]?[0-9]+)?)$")]
    private static partial Regex Number();

    [GeneratedRegex(@"[\[\]{},]|\s#|:(\s|$)")]
    private static partial Regex Structural();

    [GeneratedRegex(@"[\x00-\x08\x0B-\x1F\x7F]|\s\n|\s\z(?<!\n)")]
    private static partial Regex NeedsEscapes();

    [GeneratedRegex(@"^$|^[\s!&*|>'""%@`#]|^[-?:](\s|$)|^(---|\.\.\.)|[\[\]{},]|\s#|:(\s|$)|\s$|[\x00-\x1F\x7F]")]
    private static partial Regex NotPlain();

    [GeneratedRegex(@"[\x00-\x1F\x7F]")]
    private static partial Regex Control();
}
