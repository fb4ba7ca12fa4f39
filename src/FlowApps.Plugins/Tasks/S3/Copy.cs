using Amazon.S3.Model;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Copies an object inside its store (<c>outputs.x.bucket</c>, <c>key</c>, <c>eTag</c>); with <c>delete</c> it is moved.</summary>
[Plugin("aws.s3.Copy", Icon = "copy")]
public sealed record Copy : S3Task
{
    /// <summary>The object.</summary>
    public required S3Object From { get; init; }

    /// <summary>Where it is copied to; the same key or the same bucket when not said.</summary>
    public required S3Target To { get; init; }

    /// <summary>Whether the original is deleted afterwards.</summary>
    public Property<bool> Delete { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var request = new CopyObjectRequest
        {
            SourceBucket = context.Render(From.Bucket),
            SourceKey = context.Render(From.Key),
            SourceVersionId = context.Render(From.VersionId),
        };
        request.DestinationBucket = context.Render(To.Bucket) ?? request.SourceBucket;
        request.DestinationKey = context.Render(To.Key) ?? request.SourceKey;
        if ((request.DestinationBucket, request.DestinationKey) == (request.SourceBucket, request.SourceKey)) throw new TaskFailedException("`to` is where the object is already: say another key or bucket.");
        using var store = new S3Connection(this, context);
        var answer = await store.AskAsync(client => client.CopyObjectAsync(request, cancellation));
        if (context.Render(Delete)) await store.AskAsync(client => client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = request.SourceBucket, Key = request.SourceKey, VersionId = request.SourceVersionId }, cancellation));
        return TaskOutcome.Success(("bucket", request.DestinationBucket), ("key", request.DestinationKey), ("eTag", answer.ETag), ("versionId", answer.VersionId));
    }
}
