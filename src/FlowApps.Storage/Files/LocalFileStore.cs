using System.Runtime.CompilerServices;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;

namespace FlowApps.Storage.Files;

/// <summary>Internal storage in a folder of the local disk (below the data folder: storage). What was put is on the disk when the call returns.</summary>
internal sealed class LocalFileStore(StorageOptions options) : IFileStore
{
    private readonly string root = Path.Combine(Path.GetFullPath(options.Data), "storage");

    // On the same disk as what is made of them, so that they get their name in one step.
    private string HalfWritten => Path.Combine(root, StoragePath.HalfWritten);

    public async Task<string> PutAsync(string path, Stream content, CancellationToken cancellation)
    {
        var target = StoragePath.OnDisk(root, path);
        if (target == root || path.EndsWith('/')) throw RefusedException.Invalid("invalid_path", $"The path '{path}' names no file.");
        if (Directory.Exists(target)) throw RefusedException.Conflict("is_directory", $"'{path}' is a directory.");
        var folder = Path.GetDirectoryName(target)!;
        var temporary = Path.Combine(HalfWritten, StoragePath.HalfWritten + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(folder);
            Directory.CreateDirectory(HalfWritten);
            await using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                await content.CopyToAsync(file, cancellation);
                Disk.Sync(file);
            }
            Fault.Point("file-written-before-move");
            File.Move(temporary, target, true);
            Fault.Point("file-moved-before-sync");
            Disk.SyncFolder(folder);
            return FilePaths.Uri(StoragePath.Normal(path));
        }
        catch (Exception e)
        {
            File.Delete(temporary);
            if (e is IOException fault) throw Refusal(path, fault);
            throw;
        }
    }

    public Task<Stream> OpenAsync(string path, CancellationToken cancellation) => Task.FromResult(Open(path));

    public Stream Open(string path)
    {
        var file = StoragePath.OnDisk(root, path);
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw Missing(path);
        }
    }

    public Task<StoredFile?> FindAsync(string path, CancellationToken cancellation) => Task.FromResult(Find(path));

    public StoredFile? Find(string path)
    {
        var disk = StoragePath.OnDisk(root, path);
        FileSystemInfo info = Directory.Exists(disk) ? new DirectoryInfo(disk) : new FileInfo(disk);
        return info.Exists ? Stored(info) : null;
    }

    public async IAsyncEnumerable<StoredFile> ListAsync(string path, bool recursive, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(StoragePath.OnDisk(root, path));
        if (!folder.Exists) yield break;
        var settings = new EnumerationOptions { RecurseSubdirectories = recursive, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };
        foreach (var info in folder.EnumerateFileSystemInfos("*", settings).Where(info => !info.Name.StartsWith(StoragePath.HalfWritten, StringComparison.Ordinal)).OrderBy(info => info.FullName, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Stored(info);
        }
        await Task.CompletedTask;
    }

    public Task CreateDirectoryAsync(string path, CancellationToken cancellation)
    {
        var folder = StoragePath.OnDisk(root, path);
        if (File.Exists(folder)) throw RefusedException.Conflict("is_file", $"'{path}' is a file.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (IOException e)
        {
            throw Refusal(path, e);
        }
        return Task.CompletedTask;
    }

    public Task MoveAsync(string from, string to, CancellationToken cancellation)
    {
        var (source, target) = (StoragePath.OnDisk(root, from), StoragePath.OnDisk(root, to));
        if (source == root || target == root || target.StartsWith(source + "/", StringComparison.Ordinal)) throw RefusedException.Invalid("invalid_path", $"'{from}' cannot be moved to '{to}'.");
        if (Directory.Exists(target)) throw RefusedException.Conflict("is_directory", $"'{to}' is a directory.");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Directory.Exists(source)) Directory.Move(source, target);
            else if (File.Exists(source)) File.Move(source, target, true);
            else throw Missing(from);
        }
        catch (IOException e)
        {
            throw Refusal(to, e);
        }
        Disk.SyncFolder(Path.GetDirectoryName(target)!);
        return Task.CompletedTask;
    }

    public async Task<IReadOnlyList<string>> DeleteAsync(string path, CancellationToken cancellation)
    {
        var disk = StoragePath.OnDisk(root, path);
        if (File.Exists(disk))
        {
            File.Delete(disk);
            return [StoragePath.Normal(path)];
        }
        if (!Directory.Exists(disk)) return [];
        var gone = new List<string> { StoragePath.Normal(path) };
        await foreach (var file in ListAsync(path, true, cancellation)) gone.Add(file.Path);
        Directory.Delete(disk, true);
        return gone;
    }

    public Task PurgeHalfWrittenAsync(DateTimeOffset before, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(HalfWritten);
        foreach (var file in folder.Exists ? folder.EnumerateFiles() : [])
        {
            cancellation.ThrowIfCancellationRequested();
            if (file.LastWriteTimeUtc < before) file.Delete();
        }
        return Task.CompletedTask;
    }

    private StoredFile Stored(FileSystemInfo info) => new(
        StoragePath.Normal(Path.GetRelativePath(root, info.FullName)), info is FileInfo file ? file.Length : 0, new DateTimeOffset(info.LastWriteTimeUtc, TimeSpan.Zero), info is DirectoryInfo);

    private static RefusedException Missing(string path) => RefusedException.NotFound($"There is no file '{path}' in internal storage.");

    private static Exception Refusal(string path, IOException fault) => fault.HResult switch
    {
        Disk.NoSpace or Disk.OverQuota => new RefusedException(RefusalKind.Unavailable, "storage_full", $"The disk of internal storage is full; '{path}' was not stored."),
        Disk.ReadOnly => new RefusedException(RefusalKind.Unavailable, "storage_read_only", $"Internal storage is read-only; '{path}' was not stored."),
        _ => new RefusedException(RefusalKind.Unavailable, "storage_fault", $"'{path}' could not be stored: {fault.Message}"),
    };
}
