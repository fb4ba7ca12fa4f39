namespace FlowApps.Engine.Triggers;

public enum FilterOperand { And, Or }
