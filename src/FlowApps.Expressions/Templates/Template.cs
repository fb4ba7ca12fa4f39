using FlowApps.Expressions.Scopes;
using FlowApps.Expressions.Templates.Nodes;

namespace FlowApps.Expressions.Templates;

/// <summary>A parsed template; immutable and shared between threads.</summary>
internal sealed class Template(Source source, Node[] body, IReadOnlyDictionary<string, Macro> macros, IReadOnlyDictionary<string, BlockNode> blocks, IReadOnlyCollection<string> outsideFunctions)
{
    private readonly Expression? _only = body is [PrintNode print] ? print.Expression : null;

    public Source Source { get; } = source;

    public IReadOnlyDictionary<string, Macro> Macros { get; } = macros;

    public IReadOnlyDictionary<string, BlockNode> Blocks { get; } = blocks;

    public IReadOnlyCollection<string> OutsideFunctions { get; } = outsideFunctions;

    public string Render(Evaluation evaluation)
    {
        if (_only is not null)
        {
            var value = _only.Evaluate(evaluation);
            if (value is string text) return text;
            if (value is null) return "";
            var single = TextOutput.Rent(evaluation);
            single.Value(value);
            return single.Finish();
        }
        var output = TextOutput.Rent(evaluation);
        Node.RenderAll(body, evaluation, output);
        return output.Finish();
    }

    public object? RenderTyped(Evaluation evaluation)
    {
        if (_only is not null) return _only.Evaluate(evaluation);
        var output = new TypedOutput(evaluation);
        Node.RenderAll(body, evaluation, output);
        return output.Result;
    }
}
