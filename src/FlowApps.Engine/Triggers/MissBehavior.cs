namespace FlowApps.Engine.Triggers;

/// <summary>What a missed window leads to.</summary>
public enum MissBehavior { Fail }
