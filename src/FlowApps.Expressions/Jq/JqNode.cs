namespace FlowApps.Expressions.Jq;

/// <summary>A jq filter: from one value to any number of values.</summary>
internal abstract class JqNode
{
    public abstract IEnumerable<object?> Run(object? input, JqScope scope);

    /// <summary>The places in the input that the filter points to; only filters that point can do this.</summary>
    public virtual IEnumerable<JqPlace> Places(JqPlace input, JqScope scope) =>
        throw new ExpressionException("jq: Invalid path expression");
}

/// <summary>A value and the way to it from the root.</summary>
internal readonly record struct JqPlace(JqPath? Path, object? Value)
{
    public JqPlace At(object? key, object? value) => new(new JqPath(Path, key), value);
}

/// <summary>The steps to a place, last one first.</summary>
internal sealed record JqPath(JqPath? Before, object? Key)
{
    public static List<object?> ToList(JqPath? path)
    {
        var steps = new List<object?>();
        for (; path is not null; path = path.Before) steps.Add(path.Key);
        steps.Reverse();
        return steps;
    }
}

/// <summary>jq's <c>error</c>, with any value as its message.</summary>
internal sealed class JqError(object? value, string message) : ExpressionException("jq: " + message)
{
    public object? Value { get; } = value;
}
