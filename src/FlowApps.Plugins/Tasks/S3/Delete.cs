using Amazon.S3.Model;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Deletes an object. One that is not there is no error: the store does not say.</summary>
[Plugin("aws.s3.Delete", Icon = "cloud-minus")]
public sealed record Delete : S3Task
{
    /// <summary>The bucket.</summary>
    public required Property<string> Bucket { get; init; }

    /// <summary>The object's key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>A version of it, where the bucket keeps versions.</summary>
    public Property<string>? VersionId { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        using var store = new S3Connection(this, context);
        var request = new DeleteObjectRequest { BucketName = context.Render(Bucket), Key = context.Render(Key), VersionId = context.Render(VersionId) };
        var answer = await store.AskAsync(client => client.DeleteObjectAsync(request, cancellation));
        return TaskOutcome.Success(("versionId", answer.VersionId), ("deleteMarker", answer.DeleteMarker == "true"));
    }
}
