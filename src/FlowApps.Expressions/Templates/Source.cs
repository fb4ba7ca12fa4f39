namespace FlowApps.Expressions.Templates;

/// <summary>Text of a template, and errors that point into it.</summary>
internal sealed class Source(string text)
{
    private const int LongestQuote = 1_000;

    public string Text { get; } = text;

    private string Quote => Text.Length <= LongestQuote ? Text : Text[..LongestQuote] + "…";

    public ExpressionException Fail(string message, int at, Exception? inner = null)
    {
        var (line, column) = Locate(at);
        return new ExpressionException($"{message} ({Quote}:{line})", line, column, Text, inner);
    }

    public UndefinedException Undefined(string name, int at)
    {
        var (line, column) = Locate(at);
        return new UndefinedException(name, $"Unable to find `{name}` used in the expression `{Quote}` at line {line}", line, column, Text);
    }

    private (int Line, int Column) Locate(int at)
    {
        var before = Text.AsSpan(0, Math.Clamp(at, 0, Text.Length));
        return (before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }
}
