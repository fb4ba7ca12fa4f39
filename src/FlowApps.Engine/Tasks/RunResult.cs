namespace FlowApps.Engine.Tasks;

/// <summary>What a flowable's run gives when it is over; <c>Plan</c> null: unchanged.</summary>
public sealed record RunResult(IReadOnlyDictionary<string, object?>? Outputs, IReadOnlyDictionary<string, object?>? Plan = null);
