namespace FlowApps.Plugins.Tasks.S3;

/// <summary>What of a listing counts: a key that ends in '/' stands for a folder.</summary>
public enum S3Filter { Files, Directory, Both }
