using FlowApps.Domain.Executions;
using FlowApps.Domain.Expressions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Runtime.Logs;

namespace FlowApps.Runtime.Outside;

/// <summary>Previews: a context of the caller's own stands for the execution, also when there is none of that id.</summary>
internal sealed class Rendering(ExpressionEngine expressions, OutsideStores stores, TimeProvider clock) : IRendering
{
    private readonly ExpressionEngine once = new(expressions.Options with { Recursive = false });
    private readonly ExpressionEngine recursively = new(expressions.Options with { Recursive = true });

    public object? Render(object? expression, IReadOnlyDictionary<string, object?> context, bool typed, bool recursive)
    {
        var mask = new SecretMask();
        var subject = Subject(context);
        var scope = new Scope(context, new RunOutside(stores, subject.Namespace, subject, mask));
        var engine = recursive ? recursively : once;
        try
        {
            var result = expression switch
            {
                string text when typed => engine.RenderTyped(text, scope),
                string text => engine.Render(text, scope),
                _ when typed => engine.RenderDeepTyped(expression, scope),
                _ => engine.RenderDeep(expression, scope),
            };
            return mask.IsEmpty ? result : Masked(result, mask);
        }
        catch (ExpressionException e)
        {
            throw new RefusedException(RefusalKind.Invalid, [new Problem("expression", mask.Apply(e.Message), null, e.Line > 0 ? e.Line : null, e.Column > 0 ? e.Column : null)]);
        }
    }

    private Execution Subject(IReadOnlyDictionary<string, object?> context) => new()
    {
        Id = Text(context, "execution", "id") ?? "preview",
        Namespace = Text(context, "flow", "namespace") ?? "preview",
        FlowId = Text(context, "flow", "id") ?? "preview",
        FlowRevision = 1,
        State = StateTrail.Start(State.Running, clock.GetUtcNow()),
        Trigger = context.GetValueOrDefault("trigger") is IReadOnlyDictionary<string, object?> trigger ? new ExecutionTrigger("preview", "preview", trigger) : null,
    };

    private static string? Text(IReadOnlyDictionary<string, object?> context, string root, string name) =>
        (context.GetValueOrDefault(root) as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(name) as string;

    private static object? Masked(object? value, SecretMask mask)
    {
        switch (value)
        {
            case string text: return mask.Apply(text);
            case IReadOnlyList<object?> list: return list.Select(item => Masked(item, mask)).ToList();
            case IReadOnlyDictionary<string, object?> map:
                var masked = Data.Map();
                foreach (var (key, item) in map) masked[mask.Apply(key)] = Masked(item, mask);
                return masked;
            default: return value;
        }
    }
}
