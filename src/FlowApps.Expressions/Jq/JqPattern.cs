namespace FlowApps.Expressions.Jq;

/// <summary>What stands behind <c>as</c>: <c>$name</c>, <c>[$a, $b]</c> or <c>{key: $a, $b}</c>.</summary>
internal abstract class JqPattern
{
    public abstract IEnumerable<JqScope> Bind(object? value, object? input, JqScope scope);
}

internal sealed class JqNamePattern(string name) : JqPattern
{
    public override IEnumerable<JqScope> Bind(object? value, object? input, JqScope scope) => [scope.With(name, value)];
}

/// <summary>Pieces of a list or object, one after the other.</summary>
internal sealed class JqPiecesPattern((JqNode Key, string? Name, JqPattern? Piece)[] pieces) : JqPattern
{
    public override IEnumerable<JqScope> Bind(object? value, object? input, JqScope scope) => Bind(0, value, input, scope);

    private IEnumerable<JqScope> Bind(int at, object? value, object? input, JqScope scope)
    {
        if (at == pieces.Length) { yield return scope; yield break; }
        var (keys, name, piece) = pieces[at];
        foreach (var key in keys.Run(input, scope))
        {
            var found = JqAccess.Get(value, key, scope.Evaluation);
            var named = name is null ? scope : scope.With(name, found);
            foreach (var bound in piece?.Bind(found, input, named) ?? [named])
                foreach (var all in Bind(at + 1, value, input, bound))
                    yield return all;
        }
    }
}
