namespace FlowApps.Expressions;

/// <summary>
/// The template calls a function that looks outside (secret, kv, read, http …) and the scope has no <see cref="IOutside"/>.
/// Whoever renders without one hands the rendering to somebody who has one.
/// </summary>
public sealed class OutsideNeededException(string function)
    : ExpressionException($"The function '{function}' needs a worker: it reads something outside of the execution.")
{
    public string Function { get; } = function;
}
