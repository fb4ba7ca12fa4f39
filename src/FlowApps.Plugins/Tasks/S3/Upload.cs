using Amazon.S3.Model;
using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Puts a file of internal storage into a bucket (<c>outputs.x.bucket</c>, <c>key</c>, <c>eTag</c>, <c>versionId</c>).</summary>
[Plugin("aws.s3.Upload", Icon = "cloud-upload")]
public sealed record Upload : S3Task
{
    /// <summary>The file, as URI of internal storage (<c>kestra:///…</c>).</summary>
    public required Property<string> From { get; init; }

    /// <summary>The bucket.</summary>
    public required Property<string> Bucket { get; init; }

    /// <summary>The object's key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>What the content is, such as text/csv.</summary>
    public Property<string>? ContentType { get; init; }

    /// <summary>Facts kept with the object.</summary>
    public Property<IReadOnlyDictionary<string, string>>? Metadata { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        await using var content = await context.OpenFileAsync(context.Render(From) ?? "", cancellation);
        var request = new PutObjectRequest { BucketName = context.Render(Bucket), Key = context.Render(Key), InputStream = content, AutoCloseStream = false, UseChunkEncoding = false };
        if (context.Render(ContentType) is { Length: > 0 } type) request.ContentType = type;
        foreach (var (name, value) in context.Render(Metadata) ?? new Dictionary<string, string>()) request.Metadata[name] = value;
        using var store = new S3Connection(this, context);
        var size = content.Length;
        var answer = await store.AskAsync(client => client.PutObjectAsync(request, cancellation));
        context.Metric(new Metric("file.size", MetricKind.Counter, size));
        return TaskOutcome.Success(("bucket", request.BucketName), ("key", request.Key), ("eTag", answer.ETag), ("versionId", answer.VersionId));
    }
}
