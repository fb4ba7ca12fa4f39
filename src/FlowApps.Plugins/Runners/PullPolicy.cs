namespace FlowApps.Plugins.Runners;

/// <summary>When the image of a container is fetched.</summary>
public enum PullPolicy { IfNotPresent, Always, Never }
