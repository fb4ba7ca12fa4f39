namespace FlowApps.Expressions.Templates;

/// <summary>The tokens of a template and the place the parser is at.</summary>
internal sealed class TokenStream(Source source, List<Token> tokens)
{
    private int _at;

    public Source Source => source;

    public Token Current => tokens[_at];

    public Token Next()
    {
        var token = tokens[_at];
        if (_at < tokens.Count - 1) _at++;
        return token;
    }

    public Token Peek() => tokens[Math.Min(_at + 1, tokens.Count - 1)];

    public bool TrySkip(char punctuation)
    {
        if (!Current.IsPunctuation(punctuation)) return false;
        Next();
        return true;
    }

    public bool TrySkipOperator(string text)
    {
        if (!Current.IsOperator(text)) return false;
        Next();
        return true;
    }

    public Token Expect(TokenKind kind) => Current.Kind == kind ? Next() : throw Unexpected();

    public void Expect(char punctuation)
    {
        if (!TrySkip(punctuation)) throw Unexpected($" Expected \"{punctuation}\".");
    }

    public void ExpectName(string name)
    {
        if (!Current.Is(TokenKind.Name, name)) throw Unexpected($" Expected \"{name}\".");
        Next();
    }

    public ExpressionException Unexpected(string more = "")
    {
        var token = Current;
        return token.Kind == TokenKind.End
            ? source.Fail("Unexpected end of template." + more, token.At)
            : source.Fail($"Unexpected token \"{NameOf(token.Kind)}\" of value \"{token.Text}\"." + more, token.At);
    }

    private static string NameOf(TokenKind kind) => kind switch
    {
        TokenKind.PrintStart => "PRINT_START",
        TokenKind.PrintEnd => "PRINT_END",
        TokenKind.ExecuteStart => "EXECUTE_START",
        TokenKind.ExecuteEnd => "EXECUTE_END",
        TokenKind.Whole or TokenKind.Decimal => "NUMBER",
        TokenKind.StringStart or TokenKind.StringPart or TokenKind.StringEnd or TokenKind.String => "STRING",
        _ => kind.ToString().ToUpperInvariant(),
    };
}
