namespace FlowApps.Storage.Files;

/// <summary>Internal storage in a bucket of a store that speaks Amazon's S3.</summary>
public sealed record S3Options(string Bucket)
{
    /// <summary>The address of a store that is not Amazon's; the bucket is then in the path.</summary>
    public string? Endpoint { get; init; }
    public string Region { get; init; } = "us-east-1";

    /// <summary>Null: the credentials that the machine itself has.</summary>
    public string? AccessKey { get; init; }
    public string? SecretKey { get; init; }

    /// <summary>How all keys begin, such as <c>flowapps/</c>.</summary>
    public string Prefix { get; init; } = "";
}
