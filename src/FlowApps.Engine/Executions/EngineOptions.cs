namespace FlowApps.Engine.Executions;

/// <summary>The limits and surroundings of the engine.</summary>
public sealed record EngineOptions
{
    public RunSettings Settings { get; init; } = new();

    /// <summary>How many steps one decision may take before the execution is ended as a runaway.</summary>
    public int StepCeiling { get; init; } = 500_000;

    /// <summary>How many values a loop may have.</summary>
    public int MaxLoopValues { get; init; } = 100_000;
}
