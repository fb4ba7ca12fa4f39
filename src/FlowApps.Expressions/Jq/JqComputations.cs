namespace FlowApps.Expressions.Jq;

internal sealed class JqLiteral(object? value) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => [value];
}

/// <summary><c>$name</c></summary>
internal sealed class JqVariable(string name) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => [scope.Variable(name)];
}

/// <summary>Two operands and what is computed of them; the right one varies slowest.</summary>
internal sealed class JqBinary(JqNode left, JqNode right, Func<object?, object?, JqScope, object?> compute) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var second in right.Run(input, scope))
            foreach (var first in left.Run(input, scope))
            {
                scope.Step();
                yield return compute(first, second, scope);
            }
    }
}

/// <summary><c>and</c>, <c>or</c></summary>
internal sealed class JqLogic(JqNode left, JqNode right, bool isAnd) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var first in left.Run(input, scope))
            if (JqValues.IsTrue(first) != isAnd) yield return !isAnd;
            else
                foreach (var second in right.Run(input, scope)) yield return JqValues.IsTrue(second);
    }
}

/// <summary><c>[body]</c></summary>
internal sealed class JqCollect(JqNode? body) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        var list = new List<object?>();
        foreach (var value in body?.Run(input, scope) ?? [])
        {
            scope.Evaluation.Burn(1);
            list.Add(value);
        }
        return [list];
    }
}

/// <summary><c>{key: value}</c>: one object for every combination of what keys and values give.</summary>
internal sealed class JqObject((JqNode Key, JqNode Value)[] entries) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => Build(0, new OrderedDictionary<string, object?>(StringComparer.Ordinal), input, scope);

    private IEnumerable<object?> Build(int at, OrderedDictionary<string, object?> before, object? input, JqScope scope)
    {
        if (at == entries.Length) { yield return before; yield break; }
        foreach (var key in entries[at].Key.Run(input, scope))
        {
            if (key is not string name) throw JqValues.Error($"Object keys must be strings, but {JqValues.Show(key, scope)} is not");
            foreach (var value in entries[at].Value.Run(input, scope))
            {
                scope.Evaluation.Burn(before.Count + 1);
                var map = new OrderedDictionary<string, object?>(before, StringComparer.Ordinal) { [name] = value };
                foreach (var whole in Build(at + 1, map, input, scope)) yield return whole;
            }
        }
    }
}

/// <summary>A text with <c>\(…)</c> in it, each value through a format.</summary>
internal sealed class JqText(JqNode[] parts, string format) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => Build(0, "", input, scope);

    private IEnumerable<object?> Build(int at, string before, object? input, JqScope scope)
    {
        if (at == parts.Length) { yield return before; yield break; }
        foreach (var value in parts[at].Run(input, scope))
        {
            var text = before + (parts[at] is JqLiteral ? (string?)value : JqFormats.Apply(format, value, scope));
            scope.Evaluation.BurnText(text.Length);
            foreach (var whole in Build(at + 1, text, input, scope)) yield return whole;
        }
    }
}

/// <summary><c>@name</c> alone.</summary>
internal sealed class JqFormat(string format) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => [JqFormats.Apply(format, input, scope)];
}

/// <summary><c>source as pattern | body</c></summary>
internal sealed class JqAs(JqNode source, JqPattern pattern, JqNode body) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var value in source.Run(input, scope))
            foreach (var bound in pattern.Bind(value, input, scope))
                foreach (var result in body.Run(input, bound))
                    yield return result;
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        foreach (var value in source.Run(input.Value, scope))
            foreach (var bound in pattern.Bind(value, input.Value, scope))
                foreach (var result in body.Places(input, bound))
                    yield return result;
    }
}

/// <summary><c>reduce source as pattern (start; update)</c></summary>
internal sealed class JqReduce(JqNode source, JqPattern pattern, JqNode start, JqNode update) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var initial in start.Run(input, scope))
        {
            var state = initial;
            foreach (var value in source.Run(input, scope))
                foreach (var bound in pattern.Bind(value, input, scope))
                {
                    scope.Step();
                    state = update.Run(state, bound).LastOrDefault();
                }
            yield return state;
        }
    }
}

/// <summary><c>foreach source as pattern (start; update; extract)</c></summary>
internal sealed class JqForeach(JqNode source, JqPattern pattern, JqNode start, JqNode update, JqNode extract) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var initial in start.Run(input, scope))
        {
            var state = initial;
            foreach (var value in source.Run(input, scope))
                foreach (var bound in pattern.Bind(value, input, scope))
                    foreach (var next in update.Run(state, bound))
                    {
                        scope.Step();
                        state = next;
                        foreach (var result in extract.Run(state, bound)) yield return result;
                    }
        }
    }
}

/// <summary><c>def …; body</c></summary>
internal sealed class JqLocal(JqDefinition definition, JqNode body) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => body.Run(input, scope.With(definition));

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope) => body.Places(input, scope.With(definition));
}

/// <summary><c>target = value</c> and its kin: every place that target points to gets a new value.</summary>
internal sealed class JqAssign(JqNode target, JqNode value, Func<object?, object?, JqScope, object?>? combine, bool isUpdate) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        if (isUpdate)
        {
            yield return Change(input, scope, old => value.Run(old, scope));
            yield break;
        }
        foreach (var given in value.Run(input, scope))
            yield return Change(input, scope, old => [combine is null ? given : combine(old, given, scope)]);
    }

    private object? Change(object? root, JqScope scope, Func<object?, IEnumerable<object?>> change)
    {
        var removed = new List<object?>();
        foreach (var place in target.Places(new JqPlace(null, root), scope).ToList())
        {
            var path = JqPath.ToList(place.Path);
            using var results = change(JqAccess.GetPath(root, path, scope.Evaluation)).GetEnumerator();
            if (results.MoveNext()) root = JqAccess.SetPath(root, path, 0, results.Current, scope.Evaluation);
            else removed.Add(path);
        }
        return removed.Count == 0 ? root : JqAccess.DeletePaths(root, removed, scope);
    }
}
