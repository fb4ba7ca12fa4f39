namespace FlowApps.Engine.Conditions;

public enum NameComparison { Equals, Prefix, Suffix }
