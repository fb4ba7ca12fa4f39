namespace FlowApps.Engine.Tasks;

/// <summary>What a restart of the parent does about the subflow that failed.</summary>
public enum SubflowRestart { RetryFailed, NewExecution }
