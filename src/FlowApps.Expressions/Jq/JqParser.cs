using System.Globalization;

namespace FlowApps.Expressions.Jq;

/// <summary>Parses jq programs. Nesting is bounded, so is the length of chains.</summary>
internal sealed class JqParser
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

    private JqNode Postfix(out JqPattern? pattern)
    {
        var node = Term();
        for (var count = 0; ; count++)
        {
            if (count > DeepestNesting) throw JqTokenizer.Invalid("it is too long", Current.At);
            if (Current.Kind == JqTokenKind.Field) node = new JqIndex(node, new JqLiteral(_tokens[_at++].Text));
            else if (Current.Is(".") && _tokens[_at + 1].Kind == JqTokenKind.TextStart) { _at++; node = new JqIndex(node, Text("text")); }
            else if (Current.Is(".") && _tokens[_at + 1].Is("[")) _at++;
            else if (Current.Is("[")) node = Bracket(node);
            else if (TrySkip("?")) node = new JqTry(node, null);
            else break;
        }
        pattern = TrySkip("as") ? Pattern() : null;
        return node;
    }

    private JqNode Bracket(JqNode term)
    {
        Expect("[");
        if (TrySkip("]")) return new JqEach(term);
        if (TrySkip(":"))
        {
            var to = Pipe();
            Expect("]");
            return new JqSlice(term, null, to);
        }
        var key = Pipe();
        if (TrySkip(":"))
        {
            var to = Current.Is("]") ? null : Pipe();
            Expect("]");
            return new JqSlice(term, key, to);
        }
        Expect("]");
        return new JqIndex(term, key);
    }

    private JqNode Term()
    {
        var token = Current;
        switch (token.Kind)
        {
            case JqTokenKind.Number:
                _at++;
                return new JqLiteral(NumberOf(token));
            case JqTokenKind.TextStart: return Text("text");
            case JqTokenKind.Format:
                _at++;
                return Current.Kind == JqTokenKind.TextStart ? Text(token.Text) : new JqFormat(token.Text);
            case JqTokenKind.Variable:
                _at++;
                return new JqVariable(token.Text);
            case JqTokenKind.Field:
                _at++;
                return new JqIndex(new JqIdentity(), new JqLiteral(token.Text));
            case JqTokenKind.Name: return Named();
            case JqTokenKind.Sign: return Signed();
            default: throw Unexpected();
        }
    }

    private JqNode Signed()
    {
        var token = _tokens[_at];
        switch (token.Text)
        {
            case "..": _at++; return new JqCall("recurse", []);
            case ".":
                _at++;
                return Current.Kind == JqTokenKind.TextStart ? new JqIndex(new JqIdentity(), Text("text")) : new JqIdentity();
            case "-":
                _at++;
                return new JqBinary(new JqLiteral(0), Postfix(out _), JqValues.Subtract);
            case "(":
                _at++;
                var inner = Pipe();
                Expect(")");
                return inner;
            case "[":
                _at++;
                if (TrySkip("]")) return new JqCollect(null);
                var body = Pipe();
                Expect("]");
                return new JqCollect(body);
            case "{": return Object();
            default: throw Unexpected();
        }
    }

    private JqNode Named()
    {
        switch (Current.Text)
        {
            case "if": _at++; return If();
            case "try":
                _at++;
                var body = Postfix(out _);
                return new JqTry(body, TrySkip("catch") ? Postfix(out _) : null);
            case "reduce":
            case "foreach": return Loop();
            case "null": _at++; return new JqLiteral(null);
            case "true": _at++; return new JqLiteral(true);
            case "false": _at++; return new JqLiteral(false);
            case "then" or "elif" or "else" or "end" or "as" or "and" or "or" or "catch" or "def": throw Unexpected();
        }
        var name = _tokens[_at++].Text;
        var arguments = new List<JqNode>();
        if (TrySkip("("))
        {
            do arguments.Add(Pipe());
            while (TrySkip(";"));
            Expect(")");
        }
        return new JqCall(name, [.. arguments]);
    }

    private JqIf If()
    {
        Enter();
        var condition = Pipe();
        Expect("then");
        var yes = Pipe();
        JqNode no = new JqIdentity();
        if (TrySkip("elif")) no = If();
        else
        {
            if (TrySkip("else")) no = Pipe();
            Expect("end");
        }
        _depth--;
        return new JqIf(condition, yes, no);
    }

    private JqNode Loop()
    {
        var isReduce = _tokens[_at++].Text == "reduce";
        var source = Postfix(out var pattern);
        if (pattern is null) throw Unexpected();
        Expect("(");
        var start = Pipe();
        Expect(";");
        var update = Pipe();
        JqNode extract = !isReduce && TrySkip(";") ? Pipe() : new JqIdentity();
        Expect(")");
        return isReduce ? new JqReduce(source, pattern, start, update) : new JqForeach(source, pattern, start, update, extract);
    }

    private JqObject Object()
    {
        Expect("{");
        var entries = new List<(JqNode, JqNode)>();
        while (!TrySkip("}"))
        {
            if (entries.Count > 0) Expect(",");
            var token = Current;
            JqNode key;
            JqNode? shorthand = null;
            switch (token.Kind)
            {
                case JqTokenKind.Variable:
                    _at++;
                    (key, shorthand) = (new JqLiteral(token.Text), new JqVariable(token.Text));
                    break;
                case JqTokenKind.Name or JqTokenKind.Number:
                    _at++;
                    key = new JqLiteral(token.Text);
                    break;
                case JqTokenKind.TextStart: key = Text("text"); break;
                case JqTokenKind.Format:
                    _at++;
                    key = Current.Kind == JqTokenKind.TextStart ? Text(token.Text) : new JqFormat(token.Text);
                    break;
                default:
                    Expect("(");
                    key = Pipe();
                    Expect(")");
                    break;
            }
            entries.Add((key, TrySkip(":") ? ObjectValue() : shorthand ?? new JqIndex(new JqIdentity(), key)));
        }
        return new JqObject([.. entries]);
    }

    /// <summary>A value in an object: no comma at this level, but pipes may follow.</summary>
    private JqNode ObjectValue()
    {
        Enter();
        var node = Binary(0, out var pattern);
        if (pattern is not null) throw Unexpected();
        if (TrySkip("|")) node = new JqPipe(node, ObjectValue());
        _depth--;
        return node;
    }

    private JqPattern Pattern()
    {
        Enter();
        JqPattern pattern;
        if (Current.Kind == JqTokenKind.Variable) pattern = new JqNamePattern(_tokens[_at++].Text);
        else
        {
            var pieces = new List<(JqNode, string?, JqPattern?)>();
            if (TrySkip("["))
            {
                do pieces.Add((new JqLiteral(pieces.Count), null, Pattern()));
                while (TrySkip(","));
                Expect("]");
            }
            else
            {
                Expect("{");
                do pieces.Add(ObjectPiece());
                while (TrySkip(","));
                Expect("}");
            }
            pattern = new JqPiecesPattern([.. pieces]);
        }
        _depth--;
        return pattern;
    }

    private (JqNode Key, string? Name, JqPattern? Piece) ObjectPiece()
    {
        var token = Current;
        if (token.Kind == JqTokenKind.Variable)
        {
            _at++;
            return (new JqLiteral(token.Text), token.Text, TrySkip(":") ? Pattern() : null);
        }
        JqNode key;
        if (token.Kind == JqTokenKind.Name) { _at++; key = new JqLiteral(token.Text); }
        else if (token.Kind == JqTokenKind.TextStart) key = Text("text");
        else
        {
            Expect("(");
            key = Pipe();
            Expect(")");
        }
        Expect(":");
        return (key, null, Pattern());
    }

    private JqNode Text(string format)
    {
        Next(JqTokenKind.TextStart);
        var parts = new List<JqNode>();
        while (Current.Kind != JqTokenKind.TextEnd)
        {
            if (Current.Kind == JqTokenKind.TextPart)
            {
                if (Current.Text.Length > 0) parts.Add(new JqLiteral(Current.Text));
                _at++;
                continue;
            }
            Next(JqTokenKind.InterpolationStart);
            var inner = Pipe();
            parts.Add(inner is JqLiteral ? new JqPipe(inner, new JqIdentity()) : inner);
            Next(JqTokenKind.InterpolationEnd);
        }
        _at++;
        return parts switch
        {
            [] => new JqLiteral(""),
            [JqLiteral only] => only,
            _ => new JqText([.. parts], format),
        };
    }

    private static object NumberOf(JqToken token)
    {
        if (long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return JqValues.Whole(whole);
        return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JqValues.Number(number) : throw JqTokenizer.Invalid($"'{token.Text}' is no number", token.At);
    }

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
