namespace FlowApps.Plugins.Runners;

/// <summary>How files get into a container and out of it.</summary>
public enum FileHandling { Volume, Mount }
