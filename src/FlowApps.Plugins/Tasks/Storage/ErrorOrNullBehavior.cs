namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>What happens to an item whose condition fails or gives nothing.</summary>
public enum ErrorOrNullBehavior { Fail, Include, Exclude }
