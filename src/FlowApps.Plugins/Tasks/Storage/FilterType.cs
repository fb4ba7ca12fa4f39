namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Whether items that meet a condition are kept or dropped.</summary>
public enum FilterType { Include, Exclude }
