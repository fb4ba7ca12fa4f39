using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary>A piece of a template that writes.</summary>
internal abstract class Node
{
    public abstract void Render(Evaluation evaluation, Output output);

    public static void RenderAll(Node[] nodes, Evaluation evaluation, Output output)
    {
        foreach (var node in nodes) node.Render(evaluation, output);
    }
}

internal sealed class TextNode(string text) : Node
{
    public override void Render(Evaluation evaluation, Output output) => output.Text(text);
}

internal sealed class PrintNode(Expression expression, int at) : Node
{
    public Expression Expression { get; } = expression;

    public override void Render(Evaluation evaluation, Output output)
    {
        var value = Expression.Evaluate(evaluation);
        try
        {
            output.Value(value);
        }
        catch (ExpressionException failure) when (failure is { Line: 0 } and not OutsideNeededException)
        {
            throw evaluation.Fail(failure.Message, at, failure);
        }
    }
}
