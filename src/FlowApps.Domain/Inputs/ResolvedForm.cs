using FlowApps.Domain.Flows;

namespace FlowApps.Domain.Inputs;

/// <summary>All inputs as resolved, and the flow's checks that do not hold. Checks are made once no input is wrong: before that there is nothing to compare.</summary>
public sealed record ResolvedForm(IReadOnlyList<ResolvedInput> Inputs, IReadOnlyList<Check> Failing)
{
    public bool IsWrong => Inputs.Any(input => input.Enabled && input.Errors.Count > 0);

    /// <summary>It cannot be sent as it is.</summary>
    public bool IsBlocked => Failing.Any(check => check.Behavior == CheckBehavior.BlockExecution);
}
