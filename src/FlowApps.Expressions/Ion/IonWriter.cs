using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Json;
using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Ion;

/// <summary>Writes a value as ION text, in Kestra's way: doubles with an exponent, date-times as annotated texts, instants as timestamps.</summary>
internal static partial class IonWriter
{
    public static string Of(object? value, Evaluation evaluation)
    {
        var output = TextOutput.Rent(evaluation);
        Write(value, output, evaluation);
        return output.Finish();
    }

    private static void Write(object? value, TextOutput output, Evaluation evaluation)
    {
        switch (value)
        {
            case null: output.Append("null"); break;
            case string text: Quoted(text, '"', output); break;
            case double or float: output.Append(Float(NumberKind.AsDouble(value))); break;
            case DateTimeOffset: Annotated("ZonedDateTime", IsoText.Json(value), output); break;
            case DateTime { Kind: DateTimeKind.Utc } instant: output.Append(IsoText.Json(instant)); break;
            case DateTime: Annotated("LocalDateTime", IsoText.Json(value), output); break;
            case TimeOnly: Annotated("LocalTime", IsoText.Json(value), output); break;
            case TimeSpan span: output.Append(JsonText.Seconds(span)); break;
            case IReadOnlyDictionary<string, object?> map: WriteStruct(map, output, evaluation); break;
            case IReadOnlyList<object?> list: WriteList(list, output, evaluation); break;
            case Uri uri: Quoted(uri.OriginalString, '"', output); break;
            default: output.Append(JavaText.OfScalar(value)); break;
        }
    }

    private static void WriteStruct(IReadOnlyDictionary<string, object?> map, TextOutput output, Evaluation evaluation)
    {
        evaluation.Descend();
        output.Append("{");
        var isFirst = true;
        foreach (var (key, value) in map)
        {
            if (!isFirst) output.Append(',');
            isFirst = false;
            if (Symbol().IsMatch(key)) output.Append(key);
            else Quoted(key, '\'', output);
            output.Append(':');
            Write(value, output, evaluation);
        }
        output.Append('}');
        evaluation.Ascend();
    }

    private static void WriteList(IReadOnlyList<object?> list, TextOutput output, Evaluation evaluation)
    {
        evaluation.Descend();
        output.Append("[");
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) output.Append(',');
            Write(list[i], output, evaluation);
        }
        output.Append(']');
        evaluation.Ascend();
    }

    private static void Annotated(string annotation, string text, TextOutput output)
    {
        output.Append(annotation);
        output.Append("::");
        Quoted(text, '"', output);
    }

    private static string Float(double number)
    {
        if (double.IsNaN(number)) return "nan";
        if (double.IsInfinity(number)) return number > 0 ? "+inf" : "-inf";
        var text = JavaNumbers.Of(number);
        if (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
        return text.Contains('E') ? text : text + "e0";
    }

    private static void Quoted(string text, char quote, TextOutput output)
    {
        output.Append(quote);
        foreach (var c in text)
        {
            if (c == quote || c == '\\') output.Append('\\');
            switch (c)
            {
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case < ' ': output.Append("\\x" + ((int)c).ToString("x2", CultureInfo.InvariantCulture)); break;
                default: output.Append(c); break;
            }
        }
        output.Append(quote);
    }

    [GeneratedRegex(@"^(?!(null|true|false|nan)$)[$A-Za-z_][$A-Za-z0-9_]*$")]
    private static partial Regex Symbol();
}
