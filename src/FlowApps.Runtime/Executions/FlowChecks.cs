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
