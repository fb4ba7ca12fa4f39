using System.Globalization;

namespace FlowApps.Expressions.Jq;

/// <summary>Terms: literals, paths, calls, control structures.</summary>
internal sealed partial class JqParser
{
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
}
