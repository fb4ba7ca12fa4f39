using FlowApps.Expressions.Catalogue;
using FlowApps.Expressions.Scopes;

namespace FlowApps.Expressions.Templates.Nodes;

/// <summary><c>{% macro name(a, b='x') %}…{% endmacro %}</c>: sees its arguments only.</summary>
internal sealed class Macro(string name, (string Name, Expression? Default)[] parameters, Node[] body)
{
    private readonly Signature _signature = new(name, [.. parameters.Select(parameter => parameter.Name + "?")]);

    public string Name => name;

    public string Call(ArgumentList arguments, Evaluation evaluation)
    {
        var values = arguments.Bind(_signature, evaluation);
        evaluation.Enter();
        var frame = evaluation.Locals.Push(closed: true);
        try
        {
            for (var i = 0; i < values.Length; i++)
                if (values[i] is not Missing) frame.Put(parameters[i].Name, values[i]);
                else if (parameters[i].Default is { } fallback) frame.Put(parameters[i].Name, fallback.Evaluate(evaluation));
            var output = TextOutput.Rent(evaluation);
            Node.RenderAll(body, evaluation, output);
            return output.Finish();
        }
        finally
        {
            evaluation.Locals.Pop();
            evaluation.Leave();
        }
    }
}
