using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Executions;

/// <summary>Makes a flow's checks over the inputs of an execution that is about to begin, or of a form.</summary>
internal sealed class FlowChecks(ExpressionEngine expressions)
{
    /// <summary>The checks that do not hold. Errors: Invalid for one that cannot be made.</summary>
    public IReadOnlyList<Check> Failing(Flow flow, Func<Scope> scopeOf)
    {
        if (flow.Checks.Count == 0) return [];
        var scope = scopeOf();
        return [.. flow.Checks.Where(check => !Holds(check, scope))];
    }

    /// <summary>The same for a form that is being filled: a check that cannot be made keeps it from being sent, in words for whoever fills it, and costs them nothing that they typed.</summary>
    public IReadOnlyList<Check> FailingOf(Flow flow, Func<Scope> scopeOf)
    {
        if (flow.Checks.Count == 0) return [];
        var scope = scopeOf();
        return [.. flow.Checks.Select(check => Told(check, scope)).OfType<Check>()];
    }

    private Check? Told(Check check, Scope scope)
    {
        try
        {
            return Holds(check, scope) ? null : check;
        }
        catch (RefusedException)
        {
            return check with { Message = "A rule of this form does not work, so it cannot be sent yet. Whoever looks after it has to mend it; what you typed is kept.", Style = CheckStyle.Error, Behavior = CheckBehavior.BlockExecution };
        }
    }

    private bool Holds(Check check, Scope scope)
    {
        try
        {
            return expressions.IsTruthy(expressions.Render(check.Condition, scope));
        }
        catch (ExpressionException e)
        {
            throw RefusedException.Invalid("check", $"The check '{check.Condition}' could not be made: {e.Message}");
        }
    }
}
