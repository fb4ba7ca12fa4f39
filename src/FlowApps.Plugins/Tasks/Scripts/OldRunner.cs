namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>Where the commands of a script task run, in the old spelling.</summary>
public enum OldRunner { Process, Docker }
