namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>The system that commands are written for.</summary>
public enum TargetOs { Auto, Linux, Windows }
