using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary>An operator that computes its result from the values of both sides.</summary>
internal sealed class Operation(Expression left, Expression right, Func<object?, object?, Evaluation, object?> compute, string name, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var first = left.Evaluate(evaluation);
        var second = right.Evaluate(evaluation);
        try
        {
            return compute(first, second, evaluation);
        }
        catch (Exception failure) when (failure is DivideByZeroException or OverflowException or InvalidCastException)
        {
            throw evaluation.Fail($"Could not perform {name}", At, failure);
        }
        catch (ExpressionException failure) when (failure.Line == 0)
        {
            throw evaluation.Fail(failure.Message, At, failure);
        }
    }
}

/// <summary>Text and expressions joined: <c>a ~ b ~ c</c> and <c>"x #{y} z"</c>. Null adds nothing.</summary>
internal sealed class Concatenation(Expression[] parts, int at) : Expression(at)
{
    public Expression[] Parts { get; } = parts;

    /// <summary>A string of its own, which a following <c>~</c> must not reach into.</summary>
    public bool IsInterpolation { get; init; }

    public override object? Evaluate(Evaluation evaluation)
    {
        var output = TextOutput.Rent(evaluation);
        foreach (var part in Parts)
            if (part.Evaluate(evaluation) is { } value)
                JavaText.Write(value, output, evaluation);
        return output.Finish();
    }
}

/// <summary><c>[a, b]</c></summary>
internal sealed class ListLiteral(Expression[] items, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Burn(items.Length);
        var list = new List<object?>(items.Length);
        foreach (var item in items) list.Add(item.Evaluate(evaluation));
        return list;
    }
}

/// <summary><c>{'a': b}</c></summary>
internal sealed class MapLiteral((Expression Key, Expression Value)[] entries, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        evaluation.Burn(entries.Length);
        var map = new LiteralMap(entries.Length);
        foreach (var (key, value) in entries)
            map[JavaText.Of(key.Evaluate(evaluation), evaluation)] = value.Evaluate(evaluation);
        return map;
    }
}
