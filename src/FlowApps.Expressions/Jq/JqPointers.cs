namespace FlowApps.Expressions.Jq;

/// <summary><c>.</c></summary>
internal sealed class JqIdentity : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => [input];

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope) => [input];
}

/// <summary><c>term.name</c>, <c>term[key]</c>; the key is run on the input of the whole term.</summary>
internal sealed class JqIndex(JqNode term, JqNode key) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var at in key.Run(input, scope))
            foreach (var owner in term.Run(input, scope))
            {
                scope.Step();
                yield return JqAccess.Get(owner, at, scope.Evaluation);
            }
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        foreach (var at in key.Run(input.Value, scope))
            foreach (var owner in term.Places(input, scope))
            {
                scope.Step();
                yield return owner.At(at, JqAccess.Get(owner.Value, at, scope.Evaluation));
            }
    }
}

/// <summary><c>term[from:to]</c></summary>
internal sealed class JqSlice(JqNode term, JqNode? from, JqNode? to) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => Places(new JqPlace(null, input), scope, values: true).Select(place => place.Value);

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope) => Places(input, scope, values: false);

    private IEnumerable<JqPlace> Places(JqPlace input, JqScope scope, bool values)
    {
        foreach (var end in to?.Run(input.Value, scope) ?? [null])
            foreach (var start in from?.Run(input.Value, scope) ?? [null])
                foreach (var owner in values ? term.Run(input.Value, scope).Select(value => new JqPlace(null, value)) : term.Places(input, scope))
                {
                    scope.Step();
                    var bounds = new OrderedDictionary<string, object?> { ["start"] = start, ["end"] = end };
                    yield return owner.At(bounds, JqAccess.Get(owner.Value, bounds, scope.Evaluation));
                }
    }
}

/// <summary><c>term[]</c></summary>
internal sealed class JqEach(JqNode term) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var owner in term.Run(input, scope))
            foreach (var (_, value) in JqAccess.Entries(owner))
            {
                scope.Step();
                yield return value;
            }
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        foreach (var owner in term.Places(input, scope))
            foreach (var (key, value) in JqAccess.Entries(owner.Value))
            {
                scope.Step();
                yield return owner.At(key, value);
            }
    }
}

/// <summary><c>left | right</c></summary>
internal sealed class JqPipe(JqNode left, JqNode right) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var value in left.Run(input, scope))
            foreach (var result in right.Run(value, scope))
                yield return result;
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        foreach (var place in left.Places(input, scope))
            foreach (var result in right.Places(place, scope))
                yield return result;
    }
}

/// <summary><c>left, right</c></summary>
internal sealed class JqComma(JqNode left, JqNode right) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope) => left.Run(input, scope).Concat(right.Run(input, scope));

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope) => left.Places(input, scope).Concat(right.Places(input, scope));
}

/// <summary><c>left // right</c></summary>
internal sealed class JqAlternative(JqNode left, JqNode right) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        var found = Truthy(() => left.Run(input, scope), value => value);
        return found.Count > 0 ? found : right.Run(input, scope);
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        var found = Truthy(() => left.Places(input, scope), place => place.Value);
        return found.Count > 0 ? found : right.Places(input, scope);
    }

    /// <summary>All that are neither null nor false; an error ends the search silently.</summary>
    private static List<T> Truthy<T>(Func<IEnumerable<T>> run, Func<T, object?> valueOf)
    {
        var found = new List<T>();
        try
        {
            foreach (var item in run())
                if (JqValues.IsTrue(valueOf(item))) found.Add(item);
        }
        catch (JqError)
        {
            return found;
        }
        return found;
    }
}

/// <summary><c>if … then … else … end</c></summary>
internal sealed class JqIf(JqNode condition, JqNode yes, JqNode no) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        foreach (var holds in condition.Run(input, scope))
            foreach (var result in (JqValues.IsTrue(holds) ? yes : no).Run(input, scope))
                yield return result;
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        foreach (var holds in condition.Run(input.Value, scope))
            foreach (var result in (JqValues.IsTrue(holds) ? yes : no).Places(input, scope))
                yield return result;
    }
}

/// <summary><c>try body catch handler</c> and <c>body?</c></summary>
internal sealed class JqTry(JqNode body, JqNode? handler) : JqNode
{
    public override IEnumerable<object?> Run(object? input, JqScope scope)
    {
        using var results = body.Run(input, scope).GetEnumerator();
        while (true)
        {
            JqError? error = null;
            var hasNext = false;
            try
            {
                hasNext = results.MoveNext();
            }
            catch (JqError failure)
            {
                error = failure;
            }
            if (hasNext) { yield return results.Current; continue; }
            if (error is not null && handler is not null)
                foreach (var result in handler.Run(error.Value, scope)) yield return result;
            yield break;
        }
    }

    public override IEnumerable<JqPlace> Places(JqPlace input, JqScope scope)
    {
        using var places = body.Places(input, scope).GetEnumerator();
        while (true)
        {
            try
            {
                if (!places.MoveNext()) yield break;
            }
            catch (JqError)
            {
                yield break;
            }
            yield return places.Current;
        }
    }
}
