namespace FlowApps.Engine.Triggers;

public enum FilterField { FlowId, Namespace, State, Expression }
