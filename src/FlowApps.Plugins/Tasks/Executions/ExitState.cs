namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>How an execution can be ended on purpose; both spellings of cancelled are in use.</summary>
public enum ExitState { Success, Warning, Killed, Failed, Canceled, Cancelled }
