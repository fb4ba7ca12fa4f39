using Amazon.S3.Model;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Fetches an object into internal storage (<c>outputs.x.uri</c>, <c>contentLength</c>, <c>contentType</c>, <c>eTag</c>, <c>metadata</c>).</summary>
[Plugin("aws.s3.Download", Icon = "cloud-download")]
public sealed record Download : S3Task
{
    /// <summary>The bucket.</summary>
    public required Property<string> Bucket { get; init; }

    /// <summary>The object's key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>A version of it, where the bucket keeps versions.</summary>
    public Property<string>? VersionId { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var request = new GetObjectRequest { BucketName = context.Render(Bucket), Key = context.Render(Key), VersionId = context.Render(VersionId) };
        using var store = new S3Connection(this, context);
        using var answer = await store.AskAsync(client => client.GetObjectAsync(request, cancellation));
        var uri = await context.PutFileAsync(S3Names.FileOf(request.Key ?? ""), answer.ResponseStream, cancellation);
        context.Metric(new Metric("file.size", MetricKind.Counter, answer.ContentLength));
        var metadata = Data.Map();
        foreach (var name in answer.Metadata.Keys) metadata[S3Names.FactOf(name)] = answer.Metadata[name];
        return TaskOutcome.Success(("uri", uri), ("contentLength", answer.ContentLength), ("contentType", answer.Headers.ContentType), ("eTag", answer.ETag), ("versionId", answer.VersionId), ("metadata", metadata));
    }
}
