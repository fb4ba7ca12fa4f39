using FlowApps.Expressions.Numbers;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary><c>{% if %}</c> with its branches in order; the last one may have no condition.</summary>
internal sealed class IfNode((Expression Condition, Node[] Body)[] branches, Node[] otherwise, int at) : Node
{
    public override void Render(Evaluation evaluation, Output output)
    {
        foreach (var (condition, body) in branches)
        {
            if (!Truth.Of(condition.Evaluate(evaluation), evaluation, at)) continue;
            RenderAll(body, evaluation, output);
            return;
        }
        RenderAll(otherwise, evaluation, output);
    }
}

/// <summary><c>{% for name in items %}</c>. Null gives nothing, a map gives its entries.</summary>
internal sealed class ForNode(string name, Expression items, Node[] body, Node[] otherwise, int at) : Node
{
    public override void Render(Evaluation evaluation, Output output)
    {
        var value = items.Evaluate(evaluation);
        if (value is null) return;
        var (count, sequence) = value switch
        {
            IReadOnlyDictionary<string, object?> map => (map.Count, map.Select(entry => new MapEntry(entry.Key, entry.Value))),
            IReadOnlyList<object?> list => (list.Count, (IEnumerable<object?>)list),
            _ => throw evaluation.Fail($"Not an iterable object. Value = [{JavaText.Of(value, evaluation)}]", at),
        };
        if (count == 0)
        {
            RenderAll(otherwise, evaluation, output);
            return;
        }
        var loop = new LoopState(count);
        var frame = evaluation.Locals.Push(closed: false);
        try
        {
            foreach (var item in sequence)
            {
                evaluation.Burn(1);
                frame.Put("loop", loop);
                frame.Put(name, item);
                RenderAll(body, evaluation, output);
                loop.Index++;
            }
        }
        finally
        {
            evaluation.Locals.Pop();
        }
    }
}

/// <summary><c>{% set name = value %}</c></summary>
internal sealed class SetNode(string name, Expression value) : Node
{
    public override void Render(Evaluation evaluation, Output output) => evaluation.Set(name, value.Evaluate(evaluation));
}

/// <summary><c>{% block name %}</c>: written where it stands, and again by <c>block('name')</c>.</summary>
internal sealed class BlockNode(Node[] body) : Node
{
    public override void Render(Evaluation evaluation, Output output)
    {
        evaluation.Enter();
        evaluation.Locals.Push(closed: false);
        try
        {
            RenderAll(body, evaluation, output);
        }
        finally
        {
            evaluation.Locals.Pop();
            evaluation.Leave();
        }
    }
}

/// <summary>The text of a <c>{% filter %}</c> body, as the input of its filters.</summary>
internal sealed class Captured(int at) : Expression(at)
{
    public Node[] Body { get; set; } = [];

    public override object? Evaluate(Evaluation evaluation)
    {
        var output = TextOutput.Rent(evaluation);
        Node.RenderAll(Body, evaluation, output);
        return output.Finish();
    }
}
