namespace FlowApps.Plugins.Tasks.Namespaces;

/// <summary>What happens to a file that is there already.</summary>
public enum ConflictAction { Overwrite, Error, Skip }
