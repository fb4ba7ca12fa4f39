using System.Net;
using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;

namespace FlowApps.Storage.Files;

/// <summary>
/// Internal storage in a bucket. A put is one request, so it is visible whole or not at all. A folder is what keys have in common, or an empty object whose key ends in '/'.
/// Reading goes through a temporary file that goes with its stream: readers step back and forth.
/// </summary>
internal sealed class S3FileStore(S3Options options) : IFileStore, IDisposable
{
    private const int Buffer = 64 * 1024;
    private readonly AmazonS3Client client = options.AccessKey is null ? new(Settings(options)) : new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), Settings(options));

    public async Task<string> PutAsync(string path, Stream content, CancellationToken cancellation)
    {
        var key = Key(path);
        if (key == options.Prefix || path.EndsWith('/')) throw RefusedException.Invalid("invalid_path", $"The path '{path}' names no file.");
        if (await IsFolderAsync(key, cancellation)) throw RefusedException.Conflict("is_directory", $"'{path}' is a directory.");
        // What is sent is signed as a whole, so it has to be there as a whole.
        await using var whole = Scratch();
        await content.CopyToAsync(whole, cancellation);
        whole.Position = 0;
        await AskAsync(path, () => client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, InputStream = whole, AutoCloseStream = false, UseChunkEncoding = false }, cancellation));
        return FilePaths.Uri(StoragePath.Normal(path));
    }

    public async Task<Stream> OpenAsync(string path, CancellationToken cancellation)
    {
        using var answer = await AskAsync(path, () => client.GetObjectAsync(options.Bucket, Key(path), cancellation));
        var local = Scratch();
        await answer.ResponseStream.CopyToAsync(local, cancellation);
        local.Position = 0;
        return local;
    }

    public Stream Open(string path) => OpenAsync(path, CancellationToken.None).GetAwaiter().GetResult();

    public async Task<StoredFile?> FindAsync(string path, CancellationToken cancellation)
    {
        var key = Key(path);
        var found = key == options.Prefix ? null : (await ListAsync(key, null, 1, cancellation)).S3Objects.FirstOrDefault(entry => entry.Key == key);
        if (found is not null) return new StoredFile(StoragePath.Normal(path), found.Size, Modified(found));
        return await IsFolderAsync(key, cancellation) ? new StoredFile(StoragePath.Normal(path), 0, DateTimeOffset.UnixEpoch, IsDirectory: true) : null;
    }

    public StoredFile? Find(string path) => FindAsync(path, CancellationToken.None).GetAwaiter().GetResult();

    public async IAsyncEnumerable<StoredFile> ListAsync(string path, bool recursive, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = Folder(Key(path));
        var entries = new SortedDictionary<string, StoredFile>(StringComparer.Ordinal);
        await foreach (var (key, entry) in KeysAsync(folder, recursive ? null : "/", cancellation))
        {
            var names = key[folder.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries);
            // Every folder on the way down is an entry of its own.
            for (var depth = 1; depth < names.Length || (depth == names.Length && key.EndsWith('/')); depth++)
                if (recursive || depth == 1) entries.TryAdd(Shown(folder, names[..depth]), new StoredFile(Shown(folder, names[..depth]), 0, entry is null ? DateTimeOffset.UnixEpoch : Modified(entry), IsDirectory: true));
            if (entry is not null && names.Length > 0 && !key.EndsWith('/')) entries[Shown(folder, names)] = new StoredFile(Shown(folder, names), entry.Size, Modified(entry));
        }
        foreach (var file in entries.Values) yield return file;
    }

    public async Task CreateDirectoryAsync(string path, CancellationToken cancellation)
    {
        if (await FindAsync(path, cancellation) is { IsDirectory: false }) throw RefusedException.Conflict("is_file", $"'{path}' is a file.");
        await AskAsync(path, () => client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = Folder(Key(path)), ContentBody = "", UseChunkEncoding = false }, cancellation));
    }

    /// <summary>One copy and one deletion for each file: a fault on the way leaves some there twice, none lost.</summary>
    public async Task MoveAsync(string from, string to, CancellationToken cancellation)
    {
        var (source, target) = (Key(from), Key(to));
        if (source == options.Prefix || target == options.Prefix || target.StartsWith(Folder(source), StringComparison.Ordinal)) throw RefusedException.Invalid("invalid_path", $"'{from}' cannot be moved to '{to}'.");
        var found = await FindAsync(from, cancellation) ?? throw Missing(from);
        if (await IsFolderAsync(target, cancellation)) throw RefusedException.Conflict("is_directory", $"'{to}' is a directory.");
        var keys = found.IsDirectory ? await KeysAsync(Folder(source), null, cancellation).Select(entry => entry.Key).ToListAsync(cancellation) : [source];
        foreach (var key in keys) await AskAsync(from, () => client.CopyObjectAsync(options.Bucket, key, options.Bucket, target + key[source.Length..], cancellation));
        foreach (var key in keys) await AskAsync(from, () => client.DeleteObjectAsync(options.Bucket, key, cancellation));
    }

    /// <summary>There are none: a put is one request.</summary>
    public Task PurgeHalfWrittenAsync(DateTimeOffset before, CancellationToken cancellation) => Task.CompletedTask;

    public async Task<IReadOnlyList<string>> DeleteAsync(string path, CancellationToken cancellation)
    {
        var key = Key(path);
        var found = await FindAsync(path, cancellation);
        if (found is null) return [];
        var gone = new List<string> { found.Path };
        if (found.IsDirectory) await foreach (var file in ListAsync(path, true, cancellation)) gone.Add(file.Path);
        var keys = found.IsDirectory ? await KeysAsync(Folder(key), null, cancellation).Select(entry => entry.Key).ToListAsync(cancellation) : [key];
        foreach (var one in keys) await AskAsync(path, () => client.DeleteObjectAsync(options.Bucket, one, cancellation));
        return gone;
    }

    public void Dispose() => client.Dispose();

    private async Task<bool> IsFolderAsync(string key, CancellationToken cancellation) => key == options.Prefix || (await ListAsync(Folder(key), null, 1, cancellation)).S3Objects.Count > 0;

    private async IAsyncEnumerable<(string Key, S3Object? Entry)> KeysAsync(string prefix, string? delimiter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string? next = null;
        do
        {
            var page = await ListAsync(prefix, delimiter, 1000, cancellation, next);
            foreach (var entry in page.S3Objects) yield return (entry.Key, entry);
            foreach (var folder in page.CommonPrefixes) yield return (folder, null);
            next = page.IsTruncated ? page.NextContinuationToken : null;
        }
        while (next is not null);
    }

    private Task<ListObjectsV2Response> ListAsync(string prefix, string? delimiter, int most, CancellationToken cancellation, string? next = null) => AskAsync(prefix, () =>
        client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = options.Bucket, Prefix = prefix, Delimiter = delimiter, MaxKeys = most, ContinuationToken = next }, cancellation));

    private static async Task<TAnswer> AskAsync<TAnswer>(string path, Func<Task<TAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound && e.ErrorCode != "NoSuchBucket")
        {
            throw Missing(path);
        }
        catch (Exception e) when (e is AmazonServiceException or AmazonClientException or HttpRequestException)
        {
            throw new RefusedException(RefusalKind.Unavailable, "storage_fault", $"Internal storage could not be asked for '{path}': {e.Message}");
        }
    }

    private string Key(string path)
    {
        StoragePath.Check(path);
        return options.Prefix + StoragePath.Normal(path)[1..];
    }

    private string Folder(string key) => key == options.Prefix ? key : key + "/";

    private string Shown(string folder, string[] names) => "/" + folder[options.Prefix.Length..] + string.Join('/', names);

    private static DateTimeOffset Modified(S3Object entry) => new(entry.LastModified.ToUniversalTime(), TimeSpan.Zero);

    private static FileStream Scratch() => new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, Buffer, FileOptions.DeleteOnClose | FileOptions.Asynchronous);

    private static RefusedException Missing(string path) => RefusedException.NotFound($"There is no file '{path}' in internal storage.");

    private static AmazonS3Config Settings(S3Options options) => options.Endpoint is { } endpoint
        ? new AmazonS3Config { ServiceURL = endpoint, AuthenticationRegion = options.Region, ForcePathStyle = true }
        : new AmazonS3Config { RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region) };
}
