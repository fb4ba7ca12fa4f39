using FlowApps.Expressions.Templates;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Operators;

/// <summary>Makes the node of an operator.</summary>
internal static class Operations
{
    public static Expression Create(Token sign, Expression left, Expression right) => sign.Text switch
    {
        "+" => new Operation(left, right, Arithmetic.Add, "addition", sign.At),
        "-" => new Operation(left, right, Arithmetic.Subtract, "subtraction", sign.At),
        "*" => new Operation(left, right, Arithmetic.Multiply, "multiplication", sign.At),
        "/" => new Operation(left, right, Arithmetic.Divide, "division", sign.At),
        "%" => new Operation(left, right, Arithmetic.Modulo, "modulus", sign.At),
        "<" => new Operation(left, right, Comparison.Less, "less than comparison", sign.At),
        "<=" => new Operation(left, right, Comparison.LessOrEqual, "less than or equals comparison", sign.At),
        ">" => new Operation(left, right, Comparison.Greater, "greater than comparison", sign.At),
        ">=" => new Operation(left, right, Comparison.GreaterOrEqual, "greater than or equals comparison", sign.At),
        "==" or "equals" => new Operation(left, right, (a, b, evaluation) => Equality.AreEqual(a, b, evaluation), "comparison", sign.At),
        "!=" => new Operation(left, right, (a, b, evaluation) => !Equality.AreEqual(a, b, evaluation), "comparison", sign.At),
        "contains" => new Operation(left, right, Equality.Contains, "contains", sign.At),
        _ => new Operation(left, right, Ranges.Of, "range", sign.At),
    };

    /// <summary><c>-x</c> and <c>+x</c></summary>
    public static Expression CreateSign(Token sign, Expression operand) =>
        new Operation(new Literal(sign.Text == "-" ? -1 : 1, sign.At), operand, Arithmetic.Multiply, sign.Text == "-" ? "unary minus" : "unary plus", sign.At);
}
