using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Triggers;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>Whether an old listener's conditions hold for the ended execution (kestra-semantics 9.7).</summary>
internal static class Listeners
{
    public static bool Listens(Turn turn, Listener listener)
    {
        if (listener.Conditions.Count == 0) return true;
        try
        {
            var render = turn.RenderingFor(null);
            var context = new ConditionContext(turn.Flow, turn.State, render.Scope.ToMap(), turn.Now, (text, extra) => Text(render, text, extra));
            return listener.Conditions.All(condition => condition.Holds(context));
        }
        catch (Exception e) when (e is ExpressionException or FormatException or OutsideAskedException)
        {
            turn.Log(null, LogLevel.Error, $"The conditions of a listener could not be checked: {e.Message}");
            return false;
        }
    }

    private static string Text(Rendering render, string text, IReadOnlyDictionary<string, object?>? extra)
    {
        foreach (var (key, value) in extra ?? new Dictionary<string, object?>()) render = render.With(key, value);
        return render.Text(text) ?? "";
    }
}
