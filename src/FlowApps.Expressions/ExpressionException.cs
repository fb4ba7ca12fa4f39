namespace FlowApps.Expressions;

/// <summary>An expression could not be parsed or rendered. The message is for the author of the flow and names the expression.</summary>
public class ExpressionException : Exception
{
    public ExpressionException(string message, Exception? inner = null) : base(message, inner) { }

    internal ExpressionException(string message, int line, int column, string? expression, Exception? inner = null) : base(message, inner)
        => (Line, Column, Expression) = (line, column, expression);

    /// <summary>Line inside the template, from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>Column inside the line, from 1; 0 when unknown.</summary>
    public int Column { get; }

    /// <summary>Text of the template.</summary>
    public string? Expression { get; }
}
