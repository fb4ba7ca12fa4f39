using System.Security.Cryptography;
using System.Text.RegularExpressions;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary>Arguments of a call as written: positional, then named.</summary>
internal sealed record ArgumentList(Expression[] Positional, (string Name, Expression Value)[] Named)
{
    public static ArgumentList None { get; } = new([], []);

    /// <summary>Puts the values in the order of the parameters; <see cref="Missing"/> where none was given.</summary>
    public object?[] Bind(Signature signature, Evaluation evaluation)
    {
        if (signature.IsVariadic) return Array.ConvertAll(Positional, argument => argument.Evaluate(evaluation));
        var names = signature.Parameters;
        if (Positional.Length > names.Count)
            throw new ExpressionException($"'{signature.Name}' takes {names.Count} argument(s), but {Positional.Length} are given.");
        var values = new object?[names.Count];
        Array.Fill(values, Missing.Value);
        for (var i = 0; i < Positional.Length; i++) values[i] = Positional[i].Evaluate(evaluation);
        foreach (var (name, value) in Named)
        {
            var index = signature.IndexOf(name);
            if (index < 0) throw new ExpressionException($"The following named argument does not exist: {name}");
            values[index] = value.Evaluate(evaluation);
        }
        return values;
    }
}

/// <summary>What filter, function and test calls share: errors get the place of the call.</summary>
internal abstract class Call(int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation)
    {
        try
        {
            evaluation.Burn(1);
            return Invoke(evaluation);
        }
        catch (ExpressionException failure) when (failure.Line == 0 && failure is not OutsideNeededException)
        {
            var placed = evaluation.Fail(failure.Message, At, failure);
            throw failure is UndefinedException missing ? new UndefinedException(missing.Name, placed.Message, placed.Line, placed.Column, placed.Expression) : placed;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException or OverflowException
            or InvalidOperationException or DivideByZeroException or RegexMatchTimeoutException or CryptographicException or IndexOutOfRangeException)
        {
            throw evaluation.Fail(failure.Message, At, failure);
        }
    }

    protected abstract object? Invoke(Evaluation evaluation);
}

internal sealed class FilterCall(Expression input, Filter filter, ArgumentList arguments, int at) : Call(at)
{
    protected override object? Invoke(Evaluation evaluation)
    {
        var value = filter.TakesUndefined ? input.EvaluateOrMissing(evaluation) : input.Evaluate(evaluation);
        if (value is Missing) value = null;
        return filter.Apply(value, new Arguments(evaluation, filter.Signature, arguments.Bind(filter.Signature, evaluation)));
    }
}

internal sealed class FunctionCall(Function function, ArgumentList arguments, int at) : Call(at)
{
    protected override object? Invoke(Evaluation evaluation) =>
        function.Apply(new Arguments(evaluation, function.Signature, arguments.Bind(function.Signature, evaluation)));
}

internal sealed class TestCall(Expression input, Test test, ArgumentList arguments, bool negated, int at) : Call(at)
{
    protected override object? Invoke(Evaluation evaluation)
    {
        var value = test.TakesUndefined ? input.EvaluateOrMissing(evaluation) : input.Evaluate(evaluation);
        if (value is Missing) value = null;
        return test.Apply(value, new Arguments(evaluation, test.Signature, arguments.Bind(test.Signature, evaluation))) != negated;
    }
}

/// <summary>A call of something that does not exist; it fails only when it is reached, as in Pebble.</summary>
internal sealed class UnknownCall(string message, int at) : Expression(at)
{
    public override object? Evaluate(Evaluation evaluation) => throw evaluation.Fail(message, At);
}

/// <summary>A call of a macro of this template, or of nothing.</summary>
internal sealed class MacroCall(string name, ArgumentList arguments, int at) : Call(at)
{
    protected override object? Invoke(Evaluation evaluation) =>
        evaluation.Template.Macros.TryGetValue(name, out var macro)
            ? macro.Call(arguments, evaluation)
            : throw evaluation.Fail($"Function or Macro [{name}] does not exist.", At);
}
