namespace FlowApps.Engine.Triggers;

/// <summary>How many of the flows of <c>dependsOn</c> must have ended.</summary>
public enum DependencyMode { All, Any, AtLeast }
