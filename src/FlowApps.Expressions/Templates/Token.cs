namespace FlowApps.Expressions.Templates;

internal enum TokenKind
{
    Text, PrintStart, PrintEnd, ExecuteStart, ExecuteEnd,
    Name, Whole, Decimal, String, StringStart, StringPart, InterpolationStart, InterpolationEnd, StringEnd,
    Operator, Punctuation, End,
}

internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(TokenKind kind, string text) => Kind == kind && Text == text;

    public bool IsOperator(string text) => Is(TokenKind.Operator, text);

    public bool IsPunctuation(char text) => Kind == TokenKind.Punctuation && Text[0] == text;
}
