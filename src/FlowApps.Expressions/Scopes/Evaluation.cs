using System.Runtime.CompilerServices;
using FlowApps.Expressions.Templates;

namespace FlowApps.Expressions.Scopes;

/// <summary>One rendering in progress: its variables, its fuel and the template it is in.</summary>
internal sealed class Evaluation(ExpressionEngine engine, Scope scope, Template template)
{
    private long _fuel = engine.Options.Fuel;
    private int _depth;
    private int _nesting;
    private Locals? _locals;

    public ExpressionEngine Engine { get; } = engine;

    public ExpressionOptions Options => Engine.Options;

    public Scope Scope { get; } = scope;

    public Template Template { get; private set; } = template;

    public Locals Locals => _locals ??= new Locals();

    /// <summary>Value of a variable, or <see cref="Missing"/>.</summary>
    public object? Find(string name)
    {
        if (_locals is not null)
        {
            if (_locals.TryGet(name, out var local, out var closed)) return local;
            if (closed) return name == "_context" ? Context() : Missing.Value;
        }
        if (Scope.TryGet(name, out var value)) return value;
        return name == "_context" ? Context() : Missing.Value;
    }

    public void Set(string name, object? value) => Locals.Set(name, value, Scope.TryGet(name, out _));

    /// <summary>Everything a template can see, as a map.</summary>
    public OrderedDictionary<string, object?> Context()
    {
        var map = Scope.ToMap();
        if (_locals is not null)
            foreach (var (name, value) in _locals.Visible()) map[name] = value;
        return map;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Burn(long units)
    {
        _fuel -= units;
        if (_fuel < 0) OutOfFuel();
    }

    /// <summary>Charges a text that is about to be, or was just, built.</summary>
    public void BurnText(long length)
    {
        if (length > Options.MaxOutput) throw new ExpressionException($"The result would be longer than {Options.MaxOutput} characters.");
        Burn(1 + (length >> 3));
    }

    /// <summary>Goes one level deeper (macro call, render call); pair with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (++_depth > Options.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new ExpressionException($"Macros or render calls are nested deeper than {Options.MaxDepth} levels.");
    }

    public void Leave() => _depth--;

    /// <summary>Goes into a list or map that is written or compared; pair with <see cref="Ascend"/>.</summary>
    public void Descend()
    {
        if (++_nesting > Options.MaxNesting) throw new ExpressionException($"The expression works on values that are nested too deeply: more than {Options.MaxNesting} levels.");
    }

    public void Ascend() => _nesting--;

    /// <summary>Moves to another template and answers the one before, for coming back.</summary>
    public Template SwitchTo(Template template)
    {
        var before = Template;
        Template = template;
        return before;
    }

    public ExpressionException Fail(string message, int at, Exception? inner = null) => Template.Source.Fail(message, at, inner);

    public UndefinedException Undefined(string name, int at) => Template.Source.Undefined(name, at);

    public IOutside OutsideFor(string function) => Scope.Outside ?? throw new OutsideNeededException(function);

    private void OutOfFuel() => throw new ExpressionException($"The expression does too much work (more than {Options.Fuel} steps).");
}
