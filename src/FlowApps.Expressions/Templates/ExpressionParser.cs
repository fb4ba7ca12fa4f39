using System.Globalization;
using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Operators;
using FlowApps.Expressions.Templates.Nodes;
using Index = FlowApps.Expressions.Templates.Nodes.Index;

namespace FlowApps.Expressions.Templates;

/// <summary>Parses expressions by precedence. Nesting and the length of chains are bounded, so no text can exhaust the stack.</summary>
internal sealed class ExpressionParser(TokenStream tokens, ExpressionOptions options)
{
    private const int TallestTree = 1_000;
    private const int UnaryPrecedence = 500;

    private readonly HashSet<string> _outside = [];
    private int _depth;

    public IReadOnlyCollection<string> OutsideFunctions => _outside;

    /// <summary>Enters a bracket, tag or operand; pair with <see cref="Leave"/>.</summary>
    public void Enter()
    {
        if (++_depth > options.MaxDepth) throw tokens.Source.Fail($"The expression is nested deeper than {options.MaxDepth} levels", tokens.Current.At);
    }

    public void Leave() => _depth--;

    public Expression Parse()
    {
        Enter();
        var expression = Parse(0);
        var question = tokens.Current;
        if (tokens.TrySkip('?'))
        {
            var yes = Parse();
            tokens.Expect(':');
            var no = Parse();
            expression = Grown(new Ternary(expression, yes, no, question.At), expression, yes, no);
        }
        Leave();
        return expression;
    }

    /// <summary>Arguments in brackets, the opening one being current.</summary>
    public ArgumentList ParseArguments()
    {
        tokens.Expect('(');
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        while (!tokens.Current.IsPunctuation(')'))
        {
            if (positional.Count + named.Count > 0) tokens.Expect(',');
            if (tokens.Current.Kind == TokenKind.Name && tokens.Peek().IsPunctuation('='))
            {
                var name = tokens.Next().Text;
                tokens.Next();
                named.Add((name, Parse()));
            }
            else if (named.Count > 0) throw tokens.Source.Fail("Positional arguments must be declared before any named arguments.", tokens.Current.At);
            else positional.Add(Parse());
        }
        tokens.Expect(')');
        return new ArgumentList([.. positional], [.. named]);
    }

    /// <summary>A filter name with its arguments, applied to an expression.</summary>
    public Expression ParseFilter(Expression input, int at)
    {
        var name = ExpectWord();
        var arguments = tokens.Current.IsPunctuation('(') ? ParseArguments() : ArgumentList.None;
        Expression call = Registry.Filters.TryGetValue(name, out var filter)
            ? new FilterCall(input, filter, arguments, at)
            : new UnknownCall($"Filter [{name}] does not exist.{Registry.Suggest(name, Registry.Filters.Keys)}", at);
        return Grown(call, [input, .. Of(arguments)]);
    }

    private Expression Parse(int least)
    {
        var left = ParseOperand();
        while (tokens.Current.Kind == TokenKind.Operator && Precedence.Of(tokens.Current.Text) is var precedence and >= 0 && precedence >= least)
            left = ParseOperation(left, tokens.Next(), precedence);
        return left;
    }

    private Expression ParseOperation(Expression left, Token sign, int precedence)
    {
        if (sign.Text == "|") return ParseFilter(left, sign.At);
        if (sign.Text == "is") return ParseTest(left, sign.At);
        var right = Parse(precedence + 1);
        if (sign.Text == "~" && left is Concatenation { IsInterpolation: false, Parts.Length: < TallestTree } chain)
            return Grown(new Concatenation([.. chain.Parts, right], sign.At), [.. chain.Parts, right]);
        Expression operation = sign.Text switch
        {
            "or" => new Or(left, right, sign.At),
            "and" => new And(left, right, sign.At),
            "??" => new Coalesce(left, right, keepsNull: false, sign.At),
            "???" => new Coalesce(left, right, keepsNull: true, sign.At),
            "~" => new Concatenation([left, right], sign.At),
            _ => Operations.Create(sign, left, right),
        };
        return Grown(operation, left, right);
    }

    private Expression ParseTest(Expression input, int at)
    {
        var isNegated = tokens.TrySkipOperator("not");
        var name = ExpectWord();
        var arguments = tokens.Current.IsPunctuation('(') ? ParseArguments() : ArgumentList.None;
        Expression call = Registry.Tests.TryGetValue(name, out var test)
            ? new TestCall(input, test, arguments, isNegated, at)
            : new UnknownCall($"Test [{name}] does not exist.{Registry.Suggest(name, Registry.Tests.Keys)}", at);
        return Grown(call, [input, .. Of(arguments)]);
    }

    private Expression ParseOperand()
    {
        var token = tokens.Current;
        if (token.Kind == TokenKind.Operator && token.Text is "not" or "-" or "+")
        {
            Enter();
            tokens.Next();
            var operand = Parse(UnaryPrecedence);
            Leave();
            return Grown(token.Text == "not" ? new Not(operand, token.At) : Operations.CreateSign(token, operand), operand);
        }
        if (token.IsPunctuation('('))
        {
            tokens.Next();
            var inner = Parse();
            tokens.Expect(')');
            return ParsePostfix(inner);
        }
        if (token.IsPunctuation('[')) return ParseList();
        if (token.IsPunctuation('{')) return ParseMap();
        return ParsePostfix(ParsePrimary());
    }

    private Expression ParsePrimary()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name: return ParseName();
            case TokenKind.String: return new Literal(tokens.Next().Text, token.At);
            case TokenKind.StringStart: return ParseInterpolation();
            case TokenKind.Decimal: return new Literal(double.Parse(tokens.Next().Text, CultureInfo.InvariantCulture), token.At);
            case TokenKind.Whole:
                tokens.Next();
                return long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? new Literal(number, token.At)
                    : throw tokens.Source.Fail($"The number {token.Text} is larger than {long.MaxValue}", token.At);
            default: throw tokens.Unexpected();
        }
    }

    private Expression ParseName()
    {
        var token = tokens.Next();
        switch (token.Text)
        {
            case "true" or "TRUE": return new Literal(true, token.At);
            case "false" or "FALSE": return new Literal(false, token.At);
            case "null" or "NULL" or "none" or "NONE": return new Literal(null, token.At);
        }
        if (!tokens.Current.IsPunctuation('(')) return new Variable(token.Text, token.At);
        var arguments = ParseArguments();
        if (Registry.Functions.TryGetValue(token.Text, out var function) && !(function.OnlyWithoutRecursion && options.Recursive))
        {
            if (function.IsOutside) _outside.Add(function.Name);
            return Grown(new FunctionCall(function, arguments, token.At), [.. Of(arguments)]);
        }
        return Grown(new MacroCall(token.Text, arguments, token.At), [.. Of(arguments)]);
    }

    private Concatenation ParseInterpolation()
    {
        var start = tokens.Expect(TokenKind.StringStart);
        var parts = new List<Expression>();
        while (tokens.Current.Kind != TokenKind.StringEnd)
        {
            var token = tokens.Current;
            if (token.Kind == TokenKind.StringPart) parts.Add(new Literal(tokens.Next().Text, token.At));
            else
            {
                tokens.Expect(TokenKind.InterpolationStart);
                parts.Add(Parse());
                tokens.Expect(TokenKind.InterpolationEnd);
            }
        }
        tokens.Next();
        return (Concatenation)Grown(new Concatenation([.. parts], start.At) { IsInterpolation = true }, [.. parts]);
    }

    private Expression ParsePostfix(Expression expression)
    {
        while (true)
        {
            var token = tokens.Current;
            if (tokens.TrySkip('.'))
            {
                var name = ExpectWord();
                if (tokens.Current.IsPunctuation('('))
                {
                    var arguments = ParseArguments();
                    expression = Grown(new MethodCall(expression, name, arguments.Positional, token.At), [expression, .. Of(arguments)]);
                }
                else expression = Grown(new Member(expression, name, token.At), expression);
            }
            else if (tokens.TrySkip('['))
            {
                var key = Parse();
                tokens.Expect(']');
                expression = key is Literal { Value: string name }
                    ? Grown(new Member(expression, name, token.At), expression)
                    : Grown(new Index(expression, key, token.At), expression, key);
            }
            else return expression;
        }
    }

    private Expression ParseList()
    {
        var start = tokens.Next();
        var items = new List<Expression>();
        while (!tokens.Current.IsPunctuation(']'))
        {
            if (items.Count > 0) tokens.Expect(',');
            items.Add(Parse());
        }
        tokens.Next();
        return Grown(new ListLiteral([.. items], start.At), [.. items]);
    }

    private Expression ParseMap()
    {
        var start = tokens.Next();
        var entries = new List<(Expression Key, Expression Value)>();
        while (!tokens.Current.IsPunctuation('}'))
        {
            if (entries.Count > 0) tokens.Expect(',');
            var key = Parse();
            tokens.Expect(':');
            entries.Add((key, Parse()));
        }
        tokens.Next();
        return Grown(new MapLiteral([.. entries], start.At), [.. entries.SelectMany(entry => new[] { entry.Key, entry.Value })]);
    }

    private string ExpectWord()
    {
        var token = tokens.Current;
        var isWord = token.Kind == TokenKind.Name || (token.Kind == TokenKind.Operator && char.IsLetter(token.Text[0]));
        return isWord ? tokens.Next().Text : throw tokens.Unexpected();
    }

    private Expression Grown(Expression node, params ReadOnlySpan<Expression> children)
    {
        foreach (var child in children) node.Height = Math.Max(node.Height, child.Height + 1);
        return node.Height <= TallestTree ? node : throw tokens.Source.Fail($"The expression chains more than {TallestTree} operations", node.At);
    }

    private static IEnumerable<Expression> Of(ArgumentList arguments) => arguments.Positional.Concat(arguments.Named.Select(argument => argument.Value));
}
