namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Where an object is.</summary>
public sealed record S3Object
{
    /// <summary>The bucket.</summary>
    public required Property<string> Bucket { get; init; }

    /// <summary>The object's key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>A version of it, where the bucket keeps versions.</summary>
    public Property<string>? VersionId { get; init; }
}
