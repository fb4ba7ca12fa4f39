namespace FlowApps.Plugins.Tasks.States;

/// <summary>A state as it is stored.</summary>
internal sealed record KeptState(IReadOnlyDictionary<string, object?> Values);
