namespace FlowApps.Plugins.Tasks.S3;

/// <summary>How tasks and triggers reach a store of objects that speaks Amazon's S3.</summary>
public interface IS3Fields
{
    Property<string>? Region { get; }
    Property<string>? EndpointOverride { get; }
    Property<string>? AccessKeyId { get; }
    Property<string>? SecretKeyId { get; }
    Property<string>? SessionToken { get; }
    Property<bool>? ForcePathStyle { get; }
}
