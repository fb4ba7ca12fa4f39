using FlowApps.Domain.Logs;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Lists the objects of a bucket (<c>outputs.x.objects</c>: key, etag, size, lastModified).</summary>
[Plugin("aws.s3.List", Icon = "cloud-search")]
public sealed record List : S3Task
{
    /// <summary>The bucket.</summary>
    public required Property<string> Bucket { get; init; }

    /// <summary>How the keys begin, such as a folder.</summary>
    public Property<string>? Prefix { get; init; }

    /// <summary>With "/": only what lies directly in the folder.</summary>
    public Property<string>? Delimiter { get; init; }

    /// <summary>The key after which the list begins.</summary>
    public Property<string>? Marker { get; init; }

    /// <summary>A regular expression for the whole key.</summary>
    public Property<string>? Regexp { get; init; }

    /// <summary>FILES, DIRECTORY or BOTH.</summary>
    public Property<S3Filter> Filter { get; init; } = "BOTH";

    /// <summary>How many at most.</summary>
    public Property<int> MaxKeys { get; init; } = new(1000);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        using var store = new S3Connection(this, context);
        var listing = new S3Listing(context.Render(Bucket) ?? "", context.Render(Prefix), context.Render(Delimiter), context.Render(Marker), context.Render(Regexp), context.Render(Filter), context.Render(MaxKeys));
        var found = await listing.FindAsync(store, cancellation);
        context.Metric(new Metric("size", MetricKind.Counter, found.Count));
        return TaskOutcome.Success(("objects", found.Select(S3Listing.Facts).ToList<object?>()));
    }
}
