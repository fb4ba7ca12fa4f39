namespace FlowApps.Engine.Flows;

/// <summary>Which list of its parent (a flowable, or the flow itself) a task stands in. <c>Aside</c>: runs besides the main tasks and does not count (onPause).</summary>
public enum Section { Tasks, Errors, Finally, AfterExecution, Listeners, Aside }
