using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Templates;

/// <summary>Parses a whole template: text, prints and tags.</summary>
internal sealed class TemplateParser
{
    private readonly Dictionary<string, Macro> _macros = [];
    private readonly Dictionary<string, BlockNode> _blocks = [];

    private TemplateParser(Source source, ExpressionOptions options)
    {
        Tokens = new TokenStream(source, new Tokenizer(source).Tokenize());
        Expressions = new ExpressionParser(Tokens, options);
    }

    public TokenStream Tokens { get; }

    public ExpressionParser Expressions { get; }

    /// <summary>Errors: <see cref="ExpressionException"/> with line and column.</summary>
    public static Template Parse(string text, ExpressionOptions options)
    {
        var source = new Source(text);
        if (text.Length > options.MaxTemplateLength) throw source.Fail($"The template is longer than {options.MaxTemplateLength} characters", options.MaxTemplateLength);
        var parser = new TemplateParser(source, options);
        var body = parser.ParseBody();
        if (parser.Tokens.Current.Kind != TokenKind.End) throw parser.Tokens.Unexpected();
        return new Template(source, body, parser._macros, parser._blocks, parser.Expressions.OutsideFunctions);
    }

    /// <summary>Everything up to one of these tags, which is left for the caller with its opening sign and name current.</summary>
    public Node[] ParseBody(params ReadOnlySpan<string> until)
    {
        Expressions.Enter();
        var nodes = new List<Node>();
        while (true)
        {
            var token = Tokens.Current;
            switch (token.Kind)
            {
                case TokenKind.Text:
                    nodes.Add(new TextNode(Tokens.Next().Text));
                    continue;
                case TokenKind.PrintStart:
                    Tokens.Next();
                    nodes.Add(new PrintNode(Expressions.Parse(), token.At));
                    Tokens.Expect(TokenKind.PrintEnd);
                    continue;
                case TokenKind.ExecuteStart when !until.Contains(Tokens.Peek().Text):
                    Tokens.Next();
                    if (ParseTag() is { } node) nodes.Add(node);
                    continue;
            }
            if (until.Length > 0 && token.Kind == TokenKind.End)
                throw Tokens.Source.Fail($"Unexpected end of template. Pebble was looking for the \"{until[0]}\" tag", token.At);
            Expressions.Leave();
            return [.. nodes];
        }
    }

    /// <summary>Steps into the tag with this name if it is next.</summary>
    public bool TryTag(string name)
    {
        if (Tokens.Current.Kind != TokenKind.ExecuteStart || Tokens.Peek().Text != name) return false;
        Tokens.Next();
        Tokens.Next();
        return true;
    }

    public void ExpectTag(string name)
    {
        if (!TryTag(name)) throw Tokens.Source.Fail($"Unexpected tag name \"{Tokens.Peek().Text}\". Pebble was looking for the \"{name}\" tag", Tokens.Peek().At);
    }

    public void EndTag() => Tokens.Expect(TokenKind.ExecuteEnd);

    public void Define(Macro macro, int at)
    {
        if (!_macros.TryAdd(macro.Name, macro)) throw Tokens.Source.Fail($"More than one macro can not share the same name: {macro.Name}", at);
    }

    public void Define(string name, BlockNode block, int at)
    {
        if (!_blocks.TryAdd(name, block)) throw Tokens.Source.Fail($"More than one block can not share the same name: {name}", at);
    }

    private Node? ParseTag()
    {
        var name = Tokens.Expect(TokenKind.Name);
        return Registry.Tags.TryGetValue(name.Text, out var tag)
            ? tag.Parse(this, name.At)
            : throw Tokens.Source.Fail($"Unexpected tag name \"{name.Text}\"", name.At);
    }
}
