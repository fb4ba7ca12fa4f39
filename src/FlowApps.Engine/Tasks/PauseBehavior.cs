namespace FlowApps.Engine.Tasks;

/// <summary>What happens when nobody answered in time.</summary>
public enum PauseBehavior { Resume, Warn, Cancel, Fail }
