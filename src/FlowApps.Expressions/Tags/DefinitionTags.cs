using FlowApps.Expressions.Templates;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Tags;

/// <summary>set, macro, block and filter. (raw and verbatim are the tokenizer's.)</summary>
internal static class DefinitionTags
{
    public static IEnumerable<Tag> All =>
    [
        new("set", "Sets a variable.", "{% set name = value %}", ParseSet, "{% set a = 1 %}{{ a + 1 }}", "2"),
        new("macro", "Defines a piece of template that is called like a function; it sees its arguments only.", "{% macro name(a, b='x') %}…{% endmacro %}", ParseMacro,
            "{% macro hi(name='you') %}Hi {{ name }}{% endmacro %}{{ hi('Ann') }}, {{ hi() }}", "Hi Ann, Hi you"),
        new("block", "Names a piece of the template; block('name') writes it again.", "{% block name %}…{% endblock %}", ParseBlock,
            "{% block line %}-{% endblock %}{{ block('line') }}", "--"),
        new("filter", "Sends its body through filters.", "{% filter upper | trim %}…{% endfilter %}", ParseFilter, "{% filter upper %}hello{% endfilter %}", "HELLO"),
        new("raw", "Writes its body as it is, without rendering it.", "{% raw %}…{% endraw %}", Unreachable, "{% raw %}{{ x }}{% endraw %}", "{{ x }}"),
        new("verbatim", "Writes its body as it is, without rendering it.", "{% verbatim %}…{% endverbatim %}", Unreachable, "{% verbatim %}{{ x }}{% endverbatim %}", "{{ x }}"),
    ];

    private static SetNode ParseSet(TemplateParser parser, int at)
    {
        var name = parser.Tokens.Expect(TokenKind.Name).Text;
        parser.Tokens.Expect('=');
        var value = parser.Expressions.Parse();
        parser.EndTag();
        return new SetNode(name, value);
    }

    private static Node? ParseMacro(TemplateParser parser, int at)
    {
        var name = parser.Tokens.Expect(TokenKind.Name).Text;
        var parameters = new List<(string, Expression?)>();
        parser.Tokens.Expect('(');
        while (!parser.Tokens.Current.IsPunctuation(')'))
        {
            if (parameters.Count > 0) parser.Tokens.Expect(',');
            var parameter = parser.Tokens.Expect(TokenKind.Name).Text;
            parameters.Add((parameter, parser.Tokens.TrySkip('=') ? parser.Expressions.Parse() : null));
        }
        parser.Tokens.Expect(')');
        parser.EndTag();
        var body = parser.ParseBody("endmacro");
        parser.ExpectTag("endmacro");
        if (parser.Tokens.Current.Kind == TokenKind.Name) parser.Tokens.Next();
        parser.EndTag();
        parser.Define(new Macro(name, [.. parameters], body), at);
        return null;
    }

    private static BlockNode ParseBlock(TemplateParser parser, int at)
    {
        var token = parser.Tokens.Current;
        if (token.Kind is not (TokenKind.Name or TokenKind.String)) throw parser.Tokens.Unexpected();
        parser.Tokens.Next();
        parser.EndTag();
        var body = parser.ParseBody("endblock");
        parser.ExpectTag("endblock");
        if (parser.Tokens.Current.Kind is TokenKind.Name or TokenKind.String) parser.Tokens.Next();
        parser.EndTag();
        var block = new BlockNode(body);
        parser.Define(token.Text, block, at);
        return block;
    }

    private static PrintNode ParseFilter(TemplateParser parser, int at)
    {
        var captured = new Captured(at);
        Expression filtered = captured;
        do filtered = parser.Expressions.ParseFilter(filtered, at);
        while (parser.Tokens.TrySkipOperator("|"));
        parser.EndTag();
        captured.Body = parser.ParseBody("endfilter");
        parser.ExpectTag("endfilter");
        parser.EndTag();
        return new PrintNode(filtered, at);
    }

    private static Node? Unreachable(TemplateParser parser, int at) => throw parser.Tokens.Unexpected();
}
