namespace FlowApps.Plugins.Tasks.S3;

/// <summary>What all tasks on objects have: where the store is, and who asks.</summary>
public abstract record S3Task : RunnableTask, IS3Fields
{
    /// <summary>The region, such as eu-central-1.</summary>
    public Property<string>? Region { get; init; }

    /// <summary>The address of a store that is not Amazon's, such as https://minio.example.com:9000.</summary>
    public Property<string>? EndpointOverride { get; init; }

    /// <summary>Who asks; without it nobody in particular, never the server itself.</summary>
    public Property<string>? AccessKeyId { get; init; }

    /// <summary>The key that signs; a secret.</summary>
    public Property<string>? SecretKeyId { get; init; }

    /// <summary>The token of borrowed credentials.</summary>
    public Property<string>? SessionToken { get; init; }

    /// <summary>The bucket's name is in the path instead of the host; true by default with <c>endpointOverride</c>.</summary>
    public Property<bool>? ForcePathStyle { get; init; }
}
