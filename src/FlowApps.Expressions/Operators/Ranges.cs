using System.Globalization;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>Inclusive ranges of whole numbers or single letters. Charged before they are built.</summary>
internal static class Ranges
{
    private const string Refusal = "Arguments of range function must be of type Number or String with a length of 1";

    public static object? Of(object? start, object? end, Evaluation evaluation) => Of(start, end, 1, evaluation);

    public static List<object?> Of(object? start, object? end, long step, Evaluation evaluation)
    {
        if (step == 0) throw new ExpressionException("The increment of the range function must be different than 0");
        return (start, end) switch
        {
            (string { Length: 1 } first, string { Length: 1 } last) => Build(first[0], last[0], step, evaluation, letter => ((char)letter).ToString()),
            (int or long or double or float, int or long or double or float) => Build(Whole(start), Whole(end), step, evaluation, number => number),
            _ => throw new ExpressionException(Refusal),
        };
    }

    private static List<object?> Build(long start, long end, long step, Evaluation evaluation, Func<long, object?> item)
    {
        var distance = step > 0 ? (Int128)end - start : (Int128)start - end;
        if (distance < 0) return [];
        var count = (distance / Int128.Abs(step)) + 1;
        evaluation.Burn(count > evaluation.Options.Fuel ? evaluation.Options.Fuel + 1 : (long)count);
        var items = new List<object?>((int)count);
        for (var i = 0; i < count; i++) items.Add(item(start + (i * step)));
        return items;
    }

    private static long Whole(object? number) => number is double or float
        ? (long)Convert.ToDouble(number, CultureInfo.InvariantCulture)
        : Convert.ToInt64(number, CultureInfo.InvariantCulture);
}
