using Amazon.S3.Model;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Tasks.S3;
using FlowApps.Plugins.Triggers.Files;

namespace FlowApps.Plugins.Triggers.S3;

/// <summary>
/// Looks into a bucket again and again and starts an execution with the objects that are new there, each already copied into internal storage (<c>trigger.objects</c>: uri, key,
/// etag, size, lastModified). Objects are moved or deleted at the look after their execution was stored, so a crash loses none; until then they are not found again.
/// </summary>
[Plugin("aws.s3.Trigger", Icon = "cloud-search")]
public sealed record S3Trigger : PollingTrigger, IS3Fields, IValidated
{
    private const string Seen = "seen", Leaving = "leaving";

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
    public Property<S3Filter> Filter { get; init; } = "FILES";

    /// <summary>How many objects are looked at, and how many one execution gets, at most.</summary>
    public Property<int> MaxKeys { get; init; } = new(1000);

    /// <summary>What becomes of the objects: MOVE, DELETE or NONE (the trigger remembers them).</summary>
    public required Property<FileAction> Action { get; init; }

    /// <summary>Where MOVE puts them: a folder, in the same bucket when none is said.</summary>
    public S3Target? MoveTo { get; init; }

    /// <summary>The region, such as eu-central-1.</summary>
    public Property<string>? Region { get; init; }

    /// <summary>The address of a store that is not Amazon's.</summary>
    public Property<string>? EndpointOverride { get; init; }

    /// <summary>Who asks.</summary>
    public Property<string>? AccessKeyId { get; init; }

    /// <summary>The key that signs; a secret.</summary>
    public Property<string>? SecretKeyId { get; init; }

    /// <summary>The token of borrowed credentials.</summary>
    public Property<string>? SessionToken { get; init; }

    /// <summary>The bucket's name is in the path instead of the host; true by default with <c>endpointOverride</c>.</summary>
    public Property<bool>? ForcePathStyle { get; init; }

    public IEnumerable<Problem> Validate()
    {
        if (Action.Raw is "MOVE" && MoveTo?.Key is null && MoveTo?.Bucket is null) yield return new Problem("move_to_missing", "An object can only be moved when moveTo says where to.", "moveTo");
    }

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        var (bucket, action) = (context.Render(Bucket) ?? "", context.Render(Action));
        using var store = new S3Connection(this, context);
        var leaving = Marks(context, Leaving);
        foreach (var key in leaving.Keys) await SendOffAsync(context, store, bucket, key, action, cancellation);
        var listing = new S3Listing(bucket, context.Render(Prefix), context.Render(Delimiter), context.Render(Marker), context.Render(Regexp), context.Render(Filter), context.Render(MaxKeys));
        var objects = await listing.FindAsync(store, cancellation);
        var known = action is FileAction.None ? Marks(context, Seen) : leaving;
        var fresh = objects.Where(entry => !Equals(known.GetValueOrDefault(entry.Key), entry.ETag)).ToList();
        Remember(context, action, action is FileAction.None ? objects : fresh);
        if (fresh.Count == 0) return null;
        var found = new List<object?>();
        foreach (var entry in fresh) found.Add(await StoreAsync(context, store, bucket, entry, cancellation));
        return Data.Map(("objects", found));
    }

    private static void Remember(TaskContext context, FileAction action, IEnumerable<Amazon.S3.Model.S3Object> objects)
    {
        var marks = Data.Map();
        foreach (var entry in objects) marks[entry.Key] = entry.ETag;
        var value = Data.Map((action is FileAction.None ? Seen : Leaving, marks));
        if (Data.Write(value) != Data.Write(context.Memory.Value)) context.Memory.Keep(value);
    }

    /// <summary>The execution of this object is stored. One that was written anew meanwhile is news and stays.</summary>
    private async Task SendOffAsync(TaskContext context, S3Connection store, string bucket, string key, FileAction action, CancellationToken cancellation)
    {
        if (action is FileAction.None) return;
        var now = (await store.AskAsync(client => client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = key, MaxKeys = 1 }, cancellation))).S3Objects.FirstOrDefault(entry => entry.Key == key);
        if (now is null || !Equals(Marks(context, Leaving)[key], now.ETag)) return;
        if (action is FileAction.Move)
        {
            var folder = context.Render(MoveTo?.Key) is { Length: > 0 } target ? target.TrimEnd('/') + "/" : "";
            var copy = new CopyObjectRequest { SourceBucket = bucket, SourceKey = key, DestinationBucket = context.Render(MoveTo?.Bucket) ?? bucket, DestinationKey = folder + key.Split('/')[^1] };
            await store.AskAsync(client => client.CopyObjectAsync(copy, cancellation));
        }
        await store.AskAsync(client => client.DeleteObjectAsync(bucket, key, cancellation));
    }

    private static async Task<object?> StoreAsync(TaskContext context, S3Connection store, string bucket, Amazon.S3.Model.S3Object entry, CancellationToken cancellation)
    {
        using var answer = await store.AskAsync(client => client.GetObjectAsync(bucket, entry.Key, cancellation));
        var facts = S3Listing.Facts(entry);
        // Objects of several folders may have the same name.
        facts["uri"] = await context.PutFileAsync($"{facts["etag"]}/{S3Names.FileOf(entry.Key)}", answer.ResponseStream, cancellation);
        return facts;
    }

    private static IReadOnlyDictionary<string, object?> Marks(TaskContext context, string kind) =>
        context.Memory.Value.GetValueOrDefault(kind) as IReadOnlyDictionary<string, object?> ?? Data.Map();
}
