using System.Globalization;
using System.Numerics;
using FlowApps.Expressions.Dates;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Numbers;

/// <summary>Values as Java's <c>toString</c> shows them: <c>{k=1}</c>, <c>[a, b]</c>, <c>1.0E-5</c>, <c>2013-09-08T16:19+02:00</c>.</summary>
internal static class JavaText
{
    public static string Of(object? value, Evaluation evaluation)
    {
        if (value is string text) return text;
        if (value is not (IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> or MapEntry)) return OfScalar(value);
        var output = TextOutput.Rent(evaluation);
        Write(value, output, evaluation);
        return output.Finish();
    }

    public static string OfScalar(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => JavaNumbers.Of(number),
        float number => JavaNumbers.Of(number),
        decimal number => JavaNumbers.Of(number),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset or DateTime or DateOnly or TimeOnly or TimeSpan => IsoText.Of(value),
        Uri uri => uri.OriginalString,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static void Write(object? value, TextOutput output, Evaluation evaluation)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map: WriteMap(map, output, evaluation); break;
            case IReadOnlyList<object?> list: WriteList(list, output, evaluation); break;
            case MapEntry entry:
                output.Append(entry.Key);
                output.Append('=');
                Write(entry.Value, output, evaluation);
                break;
            default: output.Append(OfScalar(value)); break;
        }
    }

    private static void WriteMap(IReadOnlyDictionary<string, object?> map, TextOutput output, Evaluation evaluation)
    {
        evaluation.Descend();
        output.Append("{");
        var isFirst = true;
        foreach (var (key, value) in map)
        {
            if (!isFirst) output.Append(", ");
            isFirst = false;
            output.Append(key);
            output.Append('=');
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
            if (i > 0) output.Append(", ");
            Write(list[i], output, evaluation);
        }
        output.Append(']');
        evaluation.Ascend();
    }
}
