using Amazon.S3.Model;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.S3;

/// <summary>Which objects of a bucket are meant.</summary>
internal sealed record S3Listing(string Bucket, string? Prefix, string? Delimiter, string? After, string? RegExp, S3Filter Filter, int Most)
{
    /// <summary>In the order of the keys; no more than wanted.</summary>
    public async Task<List<Amazon.S3.Model.S3Object>> FindAsync(S3Connection store, CancellationToken cancellation)
    {
        var expression = RegExp is { Length: > 0 } text ? LinearRegex.Of($"^(?:{text})$") : null;
        var found = new List<Amazon.S3.Model.S3Object>();
        var request = new ListObjectsV2Request { BucketName = Bucket, Prefix = Prefix, Delimiter = Delimiter, StartAfter = After, MaxKeys = Math.Clamp(Most, 1, 1000) };
        while (true)
        {
            var page = await store.AskAsync(client => client.ListObjectsV2Async(request, cancellation));
            found.AddRange(page.S3Objects.Where(entry => IsMeant(entry.Key) && expression?.IsMatch(entry.Key) != false).Take(Most - found.Count));
            if (!page.IsTruncated || found.Count >= Most) return found;
            request.ContinuationToken = page.NextContinuationToken;
        }
    }

    public static OrderedDictionary<string, object?> Facts(Amazon.S3.Model.S3Object entry) =>
        Data.Map(("key", entry.Key), ("etag", entry.ETag.Trim('"')), ("size", entry.Size), ("lastModified", new DateTimeOffset(entry.LastModified.ToUniversalTime(), TimeSpan.Zero).ToString("O")));

    private bool IsMeant(string key) => Filter switch
    {
        S3Filter.Files => !key.EndsWith('/'),
        S3Filter.Directory => key.EndsWith('/'),
        _ => true,
    };
}
