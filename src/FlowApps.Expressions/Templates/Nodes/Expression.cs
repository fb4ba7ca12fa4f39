using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary>A piece of a template that has a value. <see cref="At"/> is its place in the text.</summary>
internal abstract class Expression(int at)
{
    public int At { get; } = at;

    /// <summary>Height of the tree below; bounded by the parser, so that evaluation cannot exhaust the stack.</summary>
    public int Height { get; set; }

    public abstract object? Evaluate(Evaluation evaluation);

    /// <summary>The value, or <see cref="Missing"/> where <see cref="Evaluate"/> would throw <see cref="UndefinedException"/>.</summary>
    public virtual object? EvaluateOrMissing(Evaluation evaluation)
    {
        try
        {
            return Evaluate(evaluation);
        }
        catch (UndefinedException)
        {
            return Missing.Value;
        }
    }
}

internal sealed class Literal(object? value, int at) : Expression(at)
{
    public object? Value { get; } = value;

    public override object? Evaluate(Evaluation evaluation) => Value;

    public override object? EvaluateOrMissing(Evaluation evaluation) => Value;
}
