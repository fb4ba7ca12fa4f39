using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

internal sealed class And(Expression left, Expression right, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation) =>
        Truth.Of(left.Evaluate(evaluation), evaluation, At) && Truth.Of(right.Evaluate(evaluation), evaluation, At);
}

internal sealed class Or(Expression left, Expression right, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation) =>
        Truth.Of(left.Evaluate(evaluation), evaluation, At) || Truth.Of(right.Evaluate(evaluation), evaluation, At);
}

internal sealed class Not(Expression operand, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation) => !Truth.Of(operand.Evaluate(evaluation), evaluation, At);
}

/// <summary><c>condition ? yes : no</c></summary>
internal sealed class Ternary(Expression condition, Expression yes, Expression no, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation) =>
        (Truth.Of(condition.Evaluate(evaluation), evaluation, At) ? yes : no).Evaluate(evaluation);
}

/// <summary><c>left ?? right</c>: right when left is undefined or null; <c>left ??? right</c>: only when undefined.</summary>
internal sealed class Coalesce(Expression left, Expression right, bool keepsNull, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var value = left.EvaluateOrMissing(evaluation);
        return value is Missing || (value is null && !keepsNull) ? right.Evaluate(evaluation) : value;
    }

    public override object? EvaluateOrMissing(Evaluation evaluation)
    {
        var value = left.EvaluateOrMissing(evaluation);
        return value is Missing || (value is null && !keepsNull) ? right.EvaluateOrMissing(evaluation) : value;
    }
}
