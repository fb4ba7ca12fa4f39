using System.Globalization;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary><c>name</c></summary>
internal sealed class Variable(string name, int at) : Expression(at)
{
    public string Name { get; } = name;

    public override object? Evaluate(Evaluation evaluation)
    {
        var value = evaluation.Find(Name);
        return value is Missing ? throw evaluation.Undefined(Name, At) : value;
    }

    public override object? EvaluateOrMissing(Evaluation evaluation) => evaluation.Find(Name);
}

/// <summary><c>target.name</c> and <c>target['name']</c></summary>
internal sealed class Member(Expression target, string name, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var owner = target.Evaluate(evaluation);
        if (Members.TryGet(owner, name, out var value)) return value;
        throw evaluation.Undefined(owner is null && target is Variable root ? root.Name : name, At);
    }

    public override object? EvaluateOrMissing(Evaluation evaluation)
    {
        var owner = target.EvaluateOrMissing(evaluation);
        return owner is not Missing && Members.TryGet(owner, name, out var value) ? value : Missing.Value;
    }
}

/// <summary><c>target[expression]</c></summary>
internal sealed class Index(Expression target, Expression key, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        var owner = target.Evaluate(evaluation);
        var wanted = key.Evaluate(evaluation);
        if (Members.TryGet(owner, wanted, out var value)) return value;
        throw evaluation.Undefined(owner is null && target is Variable root ? root.Name : Convert.ToString(wanted, CultureInfo.InvariantCulture) ?? "null", At);
    }

    public override object? EvaluateOrMissing(Evaluation evaluation)
    {
        var owner = target.EvaluateOrMissing(evaluation);
        if (owner is Missing) return owner;
        var wanted = key.EvaluateOrMissing(evaluation);
        return wanted is not Missing && Members.TryGet(owner, wanted, out var value) ? value : Missing.Value;
    }
}

/// <summary><c>target.method(arguments)</c></summary>
internal sealed class MethodCall(Expression target, string name, Expression[] arguments, int at) : Call(at)
{
    protected override object? Invoke(Evaluation evaluation)
    {
        var owner = target.Evaluate(evaluation);
        var values = Array.ConvertAll(arguments, argument => argument.Evaluate(evaluation));
        return Members.TryCall(owner, name, values, evaluation, out var value) ? value : throw evaluation.Undefined(name, At);
    }
}
