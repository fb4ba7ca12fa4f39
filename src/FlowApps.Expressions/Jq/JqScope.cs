using System.Runtime.CompilerServices;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Jq;

/// <summary>What a jq program can see at a place: variables and functions, innermost first.</summary>
internal sealed class JqScope
{
    private const int DeepestCalls = 500;

    private readonly JqScope? _outer;
    private readonly string? _name;
    private readonly object? _value;
    private readonly IReadOnlyDictionary<string, JqDefinition> _prelude;
    private readonly int _calls;

    public JqScope(Evaluation evaluation, IReadOnlyDictionary<string, JqDefinition> prelude) => (Evaluation, _prelude) = (evaluation, prelude);

    private JqScope(JqScope outer, string name, object? value) => (_outer, _name, _value, Evaluation, _prelude, _calls) = (outer, name, value, outer.Evaluation, outer._prelude, outer._calls);

    private JqScope(JqScope outer, int calls) : this(outer, "", null) => _calls = calls;

    public Evaluation Evaluation { get; }

    public JqScope With(string variable, object? value) => new(this, "$" + variable, value);

    public JqScope With(JqDefinition definition) => new(this, definition.Key, definition);

    /// <summary>An argument of a function: a program that runs where it was written.</summary>
    public JqScope With(string parameter, JqNode argument, JqScope home) => new(this, parameter + "/0", new JqArgument(argument, home));

    /// <summary>This scope as the home of a body that is called from another scope.</summary>
    public JqScope CalledFrom(JqScope caller) => caller._calls < DeepestCalls
        ? new JqScope(this, caller._calls + 1)
        : throw new ExpressionException($"jq: functions call each other more than {DeepestCalls} levels deep");

    public object? Variable(string name)
    {
        var key = "$" + name;
        for (var scope = this; scope is not null; scope = scope._outer)
            if (scope._name == key) return scope._value;
        return name == "ENV" ? new OrderedDictionary<string, object?>() : throw new ExpressionException($"jq: ${name} is not defined");
    }

    /// <summary>The function or argument of this name, with the scope in which its body runs; null: it is built in or unknown.</summary>
    public (object Callee, JqScope Home)? Find(string key)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._name == key) return (scope._value!, scope);
            if (scope._outer is null && _prelude.TryGetValue(key, out var definition)) return (definition, scope);
        }
        return null;
    }

    /// <summary>Charges a step and keeps the stack in bounds.</summary>
    public void Step()
    {
        Evaluation.Burn(2);
        RuntimeHelpers.EnsureSufficientExecutionStack();
    }
}

/// <summary><c>def name(parameters): body;</c></summary>
internal sealed record JqDefinition(string Name, string[] Parameters, JqNode Body)
{
    public string Key { get; } = $"{Name}/{Parameters.Length}";
}

internal sealed record JqArgument(JqNode Body, JqScope Home);
