namespace FlowApps.Expressions.Jq;

/// <summary>Parses jq programs: here definitions, pipes and operators. Nesting is bounded, so is the length of chains.</summary>
internal sealed partial class JqParser
{
    private const int DeepestNesting = 300;

    private readonly List<JqToken> _tokens;
    private int _at;
    private int _depth;

    private JqParser(string text) => _tokens = new JqTokenizer(text).Tokenize();

    private JqToken Current => _tokens[_at];

    /// <summary>Errors: <see cref="ExpressionException"/> with the position.</summary>
    public static JqNode Parse(string text)
    {
        var parser = new JqParser(text);
        if (parser.Current.Kind == JqTokenKind.End) return new JqIdentity();
        var program = parser.Pipe();
        return parser.Current.Kind == JqTokenKind.End ? program : throw parser.Unexpected();
    }

    /// <summary>Parses definitions only.</summary>
    public static IEnumerable<JqDefinition> ParseDefinitions(string text)
    {
        var parser = new JqParser(text);
        while (parser.Current.Kind != JqTokenKind.End) yield return parser.Definition();
    }

    private JqNode Pipe()
    {
        Enter();
        JqNode node;
        if (Current.Is("def"))
        {
            var definition = Definition();
            node = new JqLocal(definition, Pipe());
        }
        else
        {
            node = Comma(out var pattern);
            if (pattern is not null)
            {
                Expect("|");
                node = new JqAs(node, pattern, Pipe());
            }
            else if (TrySkip("|")) node = new JqPipe(node, Pipe());
        }
        _depth--;
        return node;
    }

    private JqDefinition Definition()
    {
        Expect("def");
        var name = Next(JqTokenKind.Name).Text;
        var (parameters, values) = (new List<string>(), new List<string>());
        if (TrySkip("("))
        {
            do
            {
                var token = Current.Kind == JqTokenKind.Variable ? Next(JqTokenKind.Variable) : Next(JqTokenKind.Name);
                parameters.Add(token.Text);
                if (token.Kind == JqTokenKind.Variable) values.Add(token.Text);
            }
            while (TrySkip(";"));
            Expect(")");
        }
        Expect(":");
        var body = Pipe();
        Expect(";");
        for (var i = values.Count - 1; i >= 0; i--) body = new JqAs(new JqCall(values[i], []), new JqNamePattern(values[i]), body);
        return new JqDefinition(name, [.. parameters], body);
    }

    /// <param name="pattern">What stands behind <c>as</c>, when the term is a source of variables.</param>
    private JqNode Comma(out JqPattern? pattern)
    {
        var node = Binary(0, out pattern);
        for (var count = 0; pattern is null && TrySkip(","); count++)
        {
            if (count > DeepestNesting) throw JqTokenizer.Invalid("it is too long", Current.At);
            var right = Binary(0, out var inner);
            if (inner is not null)
            {
                Expect("|");
                right = new JqAs(right, inner, Pipe());
            }
            node = new JqComma(node, right);
        }
        return node;
    }

    private static (int Level, bool IsRight) Power(JqToken token) => token.Kind is not (JqTokenKind.Sign or JqTokenKind.Name) ? (-1, false) : token.Text switch
    {
        "//" => (1, true),
        "=" or "|=" or "+=" or "-=" or "*=" or "/=" or "%=" or "//=" => (2, false),
        "or" => (3, false),
        "and" => (4, false),
        "==" or "!=" or "<" or "<=" or ">" or ">=" => (5, false),
        "+" or "-" => (6, false),
        "*" or "/" or "%" => (7, false),
        _ => (-1, false),
    };

    private JqNode Binary(int least, out JqPattern? pattern)
    {
        Enter();
        var node = Postfix(out pattern);
        for (var count = 0; pattern is null && Power(Current) is var (level, isRight) && level >= 0 && level >= least; count++)
        {
            if (count > DeepestNesting) throw JqTokenizer.Invalid("it is too long", Current.At);
            var sign = _tokens[_at++];
            var right = Binary(isRight ? level : level + 1, out var inner);
            if (inner is not null)
            {
                Expect("|");
                right = new JqAs(right, inner, Pipe());
            }
            node = Combine(sign.Text, node, right);
        }
        _depth--;
        return node;
    }

    private static JqNode Combine(string sign, JqNode left, JqNode right) => sign switch
    {
        "//" => new JqAlternative(left, right),
        "or" or "and" => new JqLogic(left, right, sign == "and"),
        "=" => new JqAssign(left, right, null, isUpdate: false),
        "|=" => new JqAssign(left, right, null, isUpdate: true),
        "//=" => new JqAssign(left, right, (old, given, _) => JqValues.IsTrue(old) ? old : given, isUpdate: false),
        _ when sign.Length == 2 && sign[1] == '=' && "+-*/%".Contains(sign[0]) => new JqAssign(left, right, Computation(sign[..1]), isUpdate: false),
        _ => new JqBinary(left, right, Computation(sign)),
    };

    private static Func<object?, object?, JqScope, object?> Computation(string sign) => sign switch
    {
        "+" => JqValues.Add,
        "-" => JqValues.Subtract,
        "*" => JqValues.Multiply,
        "/" => JqValues.Divide,
        "%" => JqValues.Modulo,
        "==" => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) == 0,
        "!=" => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) != 0,
        "<" => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) < 0,
        "<=" => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) <= 0,
        ">" => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) > 0,
        _ => (a, b, scope) => JqValues.Compare(a, b, scope.Evaluation) >= 0,
    };

    private void Enter()
    {
        if (++_depth > DeepestNesting) throw JqTokenizer.Invalid($"it is nested deeper than {DeepestNesting} levels", Current.At);
    }

    private bool TrySkip(string sign)
    {
        if (!Current.Is(sign)) return false;
        _at++;
        return true;
    }

    private void Expect(string sign)
    {
        if (!TrySkip(sign)) throw Unexpected($", '{sign}' was expected");
    }

    private JqToken Next(JqTokenKind kind) => Current.Kind == kind ? _tokens[_at++] : throw Unexpected();

    private ExpressionException Unexpected(string more = "") =>
        JqTokenizer.Invalid(Current.Kind == JqTokenKind.End ? "it ends too early" + more : $"'{Current.Text}' is unexpected" + more, Current.At);
}
