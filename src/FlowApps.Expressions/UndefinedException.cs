namespace FlowApps.Expressions;

/// <summary>A variable, attribute or index does not exist. <c>??</c>, <c>???</c>, <c>default</c> and <c>is defined</c> catch it.</summary>
public sealed class UndefinedException : ExpressionException
{
    /// <summary>For functions that look something up outside and do not find it; the place in the template is added on the way.</summary>
    public UndefinedException(string name, string message) : base(message) => Name = name;

    internal UndefinedException(string name, string message, int line, int column, string? expression)
        : base(message, line, column, expression) => Name = name;

    /// <summary>The name that was looked for.</summary>
    public string Name { get; }
}
