namespace FlowApps.Expressions.Jq;

/// <summary>Object constructions and the patterns behind <c>as</c>.</summary>
internal sealed partial class JqParser
{
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
}
