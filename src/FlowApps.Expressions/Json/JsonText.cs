using System.Buffers;
using System.Globalization;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Json;

/// <summary>Writes values as Kestra writes JSON: compact, key order kept, map entries that are null left out, numbers in Java's notation.</summary>
internal static class JsonText
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create("\"\\" + string.Concat(Enumerable.Range(0, 32).Select(code => (char)code)));

    public static string Of(object? value, Evaluation evaluation, bool keepNulls = false)
    {
        var output = TextOutput.Rent(evaluation);
        Write(value, output, evaluation, keepNulls);
        return output.Finish();
    }

    public static void Write(object? value, TextOutput output, Evaluation evaluation, bool keepNulls)
    {
        switch (value)
        {
            case null: output.Append("null"); break;
            case string text: Quoted(text, output); break;
            case int or long: output.Whole(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case double number when !double.IsFinite(number): Quoted(JavaNumbers.Of(number), output); break;
            case float number when !float.IsFinite(number): Quoted(JavaNumbers.Of(number), output); break;
            case bool: output.Append(JavaText.OfScalar(value)); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(map, output, evaluation, keepNulls); break;
            case IReadOnlyList<object?> list: WriteList(list, output, evaluation, keepNulls); break;
            case MapEntry entry: WriteMap(new Dictionary<string, object?> { [entry.Key] = entry.Value }, output, evaluation, keepNulls); break;
            case TimeSpan span: output.Append(Seconds(span)); break;
            case DateTimeOffset or DateTime or DateOnly or TimeOnly: Quoted(IsoText.Json(value), output); break;
            case var _ when NumberKind.IsNumber(value): output.Append(JavaText.OfScalar(value)); break;
            default: Quoted(JavaText.OfScalar(value), output); break;
        }
    }

    /// <summary>Seconds with nine decimals, as Kestra writes durations.</summary>
    public static string Seconds(TimeSpan span) => (span.Ticks / (decimal)TimeSpan.TicksPerSecond).ToString("0.000000000", CultureInfo.InvariantCulture);

    private static void WriteMap(IReadOnlyDictionary<string, object?> map, TextOutput output, Evaluation evaluation, bool keepNulls)
    {
        evaluation.Descend();
        evaluation.Burn(map.Count);
        output.Append("{");
        var isFirst = true;
        foreach (var (key, value) in map)
        {
            if (value is null && !keepNulls) continue;
            if (!isFirst) output.Append(',');
            isFirst = false;
            Quoted(key, output);
            output.Append(':');
            Write(value, output, evaluation, keepNulls);
        }
        output.Append('}');
        evaluation.Ascend();
    }

    private static void WriteList(IReadOnlyList<object?> list, TextOutput output, Evaluation evaluation, bool keepNulls)
    {
        evaluation.Descend();
        evaluation.Burn(list.Count);
        output.Append("[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) output.Append(',');
            Write(list[i], output, evaluation, keepNulls);
        }
        output.Append(']');
        evaluation.Ascend();
    }

    public static void Quoted(string text, TextOutput output)
    {
        output.Append('"');
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny(Escaped); at >= 0; at = rest.IndexOfAny(Escaped))
        {
            output.Append(rest[..at]);
            output.Append(Escape(rest[at]));
            rest = rest[(at + 1)..];
        }
        output.Append(rest);
        output.Append('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => "\\u" + ((int)c).ToString("X4", CultureInfo.InvariantCulture),
    };
}
