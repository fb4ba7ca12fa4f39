using FlowApps.Expressions.Templates;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Tags;

/// <summary>if and for.</summary>
internal static class FlowTags
{
    public static IEnumerable<Tag> All =>
    [
        new("if", "Writes the first branch whose condition holds.", "{% if condition %}…{% elseif condition %}…{% else %}…{% endif %}", ParseIf,
            "{% if 2 > 1 %}yes{% else %}no{% endif %}", "yes"),
        new("for", "Writes its body for each item of a list or entry of a map; loop.index, loop.length, loop.first, loop.last and loop.revindex tell where it is.",
            "{% for item in items %}…{% else %}…{% endfor %}", ParseFor,
            "{% for i in [1, 2] %}{{ loop.index }}:{{ i }} {% endfor %}", "0:1 1:2 "),
    ];

    private static IfNode ParseIf(TemplateParser parser, int at)
    {
        var branches = new List<(Expression, Node[])>();
        Node[] otherwise = [];
        var condition = parser.Expressions.Parse();
        parser.EndTag();
        while (true)
        {
            var body = parser.ParseBody("endif", "else", "elseif");
            branches.Add((condition, body));
            if (parser.TryTag("elseif"))
            {
                condition = parser.Expressions.Parse();
                parser.EndTag();
                continue;
            }
            if (parser.TryTag("else"))
            {
                parser.EndTag();
                otherwise = parser.ParseBody("endif");
            }
            parser.ExpectTag("endif");
            parser.EndTag();
            return new IfNode([.. branches], otherwise, at);
        }
    }

    private static ForNode ParseFor(TemplateParser parser, int at)
    {
        var name = parser.Tokens.Expect(TokenKind.Name).Text;
        parser.Tokens.ExpectName("in");
        var items = parser.Expressions.Parse();
        parser.EndTag();
        var body = parser.ParseBody("endfor", "else");
        Node[] otherwise = [];
        if (parser.TryTag("else"))
        {
            parser.EndTag();
            otherwise = parser.ParseBody("endfor");
        }
        parser.ExpectTag("endfor");
        parser.EndTag();
        return new ForNode(name, items, body, otherwise, at);
    }
}
