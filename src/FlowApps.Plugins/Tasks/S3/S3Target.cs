namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Where objects are put; what is not said stays as it was.</summary>
public sealed record S3Target
{
    /// <summary>The bucket; the same by default.</summary>
    public Property<string>? Bucket { get; init; }

    /// <summary>The key; when several are moved, the folder that they are put into.</summary>
    public Property<string>? Key { get; init; }
}
