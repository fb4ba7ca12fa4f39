using System.Numerics;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Numbers;

namespace FlowApps.Expressions.Filters;

/// <summary>Filters on numbers.</summary>
internal static class NumberFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("abs", "A number without its sign.", [], Abs, "{{ -5 | abs }}", "5"),
        new("number", "Text as a number; a type (INT, LONG, FLOAT, DOUBLE, BIGDECIMAL, BIGINTEGER) may be asked for.", ["type?"], Number, "{{ ('3.5' | number) * 2 }}", "7.0"),
        new("numberFormat", "A number by a pattern of Java's DecimalFormat.", ["format?"], Format, "{{ 1234.567 | numberFormat('#,##0.00') }}", "1,234.57"),
    ];

    private static object? Abs(object? input, Arguments arguments) => input switch
    {
        null => throw new ExpressionException("Can not pass null value to \"abs\" filter."),
        int value => value == int.MinValue ? value : Math.Abs(value),
        long value => value == long.MinValue ? value : Math.Abs(value),
        float value => Math.Abs(value),
        double value => Math.Abs(value),
        decimal value => Math.Abs(value),
        BigInteger value => BigInteger.Abs(value),
        _ => throw new ExpressionException($"The 'abs' filter can only be applied to numbers. Actual type was: {JavaClass.NameOf(input)}"),
    };

    private static object? Number(object? input, Arguments arguments)
    {
        if (input is null) return null;
        if (input is not string text && !NumberKind.IsNumber(input))
            throw new ExpressionException($"'number' filter can only be applied to String. Actual type was: {JavaClass.NameOf(input)}");
        return NumberText.Parse(JavaText.OfScalar(input).Trim(), arguments.OptionalText(0) ?? "");
    }

    private static object? Format(object? input, Arguments arguments)
    {
        if (input is null) return null;
        if (!NumberKind.IsNumber(input)) throw new ExpressionException($"The 'numberFormat' filter can only be applied to numbers. Actual type was: {JavaClass.NameOf(input)}");
        return DecimalPattern.Of(arguments.OptionalText(0) ?? "#,##0.###").Format(input, arguments.Evaluation.Engine.Culture.NumberFormat);
    }
}
