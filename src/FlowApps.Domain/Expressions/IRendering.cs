namespace FlowApps.Domain.Expressions;

/// <summary>
/// Renders expressions over a context of the caller's own, for previews and tests: nothing is added to it. Functions that look at stores take the namespace from
/// <c>flow.namespace</c> and the execution from <c>execution.id</c> of the context; secrets are masked in the result. Implemented by the runtime.
/// </summary>
public interface IRendering
{
    /// <summary>
    /// <paramref name="expression"/>: text, or a map or list that is rendered deeply. <paramref name="typed"/>: a lone expression keeps its type; <paramref name="recursive"/>: results are
    /// rendered again until they are stable. Errors: Invalid (code <c>expression</c>) with the line and column of the expression.
    /// </summary>
    object? Render(object? expression, IReadOnlyDictionary<string, object?> context, bool typed, bool recursive);
}
