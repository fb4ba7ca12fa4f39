namespace FlowApps.Expressions.Jq;

/// <summary><c>name(arguments)</c>: a definition, an argument of one, or a built-in.</summary>
internal sealed class JqCall(string name, JqNode[] arguments) : JqNode
{
    private readonly string _key = $"{name}/{arguments.Length}";

    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        scope.Step();
        return scope.Find(_key) switch
        {
            (JqArgument argument, _) => argument.Body.Run(input, argument.Home),
            (JqDefinition definition, var home) => Deferred(input, definition, home, scope),
            _ => JqBuiltins.Find(_key) is { } run ? run(input, arguments, scope) : throw Unknown(),
        };
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        scope.Step();
        return scope.Find(_key) switch
        {
            (JqArgument argument, _) => argument.Body.Places(input, argument.Home),
            (JqDefinition definition, var home) => DeferredPlaces(input, definition, home, scope),
            _ => JqBuiltins.FindPlaces(_key) is { } places ? places(input, arguments, scope) : throw Unknown(),
        };
    }

    /// <summary>Runs a body only when its first result is asked for, so that recursion unfolds step by step.</summary>
    private IEnumerable<object?> Deferred(object? input, JqDefinition definition, JqScope home, JqScope scope)
    {
        scope.Step();
        foreach (var result in definition.Body.Run(input, Enter(definition, home, scope))) yield return result;
    }

    private IEnumerable<JqPlace> DeferredPlaces(JqPlace input, JqDefinition definition, JqScope home, JqScope scope)
    {
        scope.Step();
        foreach (var place in definition.Body.Places(input, Enter(definition, home, scope))) yield return place;
    }

    private JqScope Enter(JqDefinition definition, JqScope home, JqScope scope)
    {
        home = home.CalledFrom(scope);
        for (var i = 0; i < arguments.Length; i++) home = home.With(definition.Parameters[i], arguments[i], scope);
        return home;
    }

    private ExpressionException Unknown() => new($"jq: {_key} is not defined");
}
