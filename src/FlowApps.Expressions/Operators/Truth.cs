using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Operators;

/// <summary>What counts as true in <c>if</c>, <c>? :</c>, <c>and</c>, <c>or</c>, <c>not</c>: booleans, numbers other than 0, text that is not empty.</summary>
internal static class Truth
{
    public static bool Of(object? value, Evaluation evaluation, int at) => value switch
    {
        bool flag => flag,
        string text => text.Length > 0,
        _ when NumberKind.IsNumber(value) => NumberKind.AsDouble(value) is var number && !double.IsNaN(number) && number != 0,
        _ => throw evaluation.Fail("Wrong operand(s) type in conditional expression", at),
    };

    /// <summary>Truth of a rendered condition such as <c>runIf</c>: all but <c>false</c>, <c>0</c>, <c>-0</c> and blank.</summary>
    public static bool OfRendered(string rendered) => rendered.AsSpan().Trim() is not ("false" or "0" or "-0" or "");
}
