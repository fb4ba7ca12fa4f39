using System.Runtime.CompilerServices;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;

namespace FlowApps.Testing.Files;

/// <summary>Internal storage in a folder, without the guards of the real one.</summary>
public sealed class FolderFileStore(string root) : IFileStore
{
    public async Task<string> PutAsync(string path, Stream content, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        await using var file = File.Create(Full(path));
        await content.CopyToAsync(file, cancellation);
        return FilePaths.Uri(path);
    }

    public Task<Stream> OpenAsync(string path, CancellationToken cancellation) => Task.FromResult(Open(path));

    public Stream Open(string path) => File.Exists(Full(path)) ? File.OpenRead(Full(path)) : throw RefusedException.NotFound($"There is no file {path}.");

    public Task<StoredFile?> FindAsync(string path, CancellationToken cancellation) => Task.FromResult(Find(path));

    public StoredFile? Find(string path) => File.Exists(Full(path)) || Directory.Exists(Full(path)) ? Describe(Full(path)) : null;

    public async IAsyncEnumerable<StoredFile> ListAsync(string path, bool recursive, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!Directory.Exists(Full(path))) yield break;
        foreach (var entry in Directory.EnumerateFileSystemEntries(Full(path), "*", recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly))
            yield return Describe(entry);
    }

    public Task CreateDirectoryAsync(string path, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Full(path));
        return Task.CompletedTask;
    }

    public Task PurgeHalfWrittenAsync(DateTimeOffset before, CancellationToken cancellation) => Task.CompletedTask;

    public Task MoveAsync(string from, string to, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(to))!);
        Directory.Move(Full(from), Full(to));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> DeleteAsync(string path, CancellationToken cancellation)
    {
        if (File.Exists(Full(path)))
        {
            File.Delete(Full(path));
            return Task.FromResult<IReadOnlyList<string>>([path]);
        }
        if (!Directory.Exists(Full(path))) return Task.FromResult<IReadOnlyList<string>>([]);
        string[] gone = [Full(path), .. Directory.EnumerateFileSystemEntries(Full(path), "*", SearchOption.AllDirectories)];
        Directory.Delete(Full(path), recursive: true);
        return Task.FromResult<IReadOnlyList<string>>([.. gone.Select(full => full[root.Length..])]);
    }

    private string Full(string path) => Path.Combine(root, path.TrimStart('/'));

    private StoredFile Describe(string full)
    {
        var folder = Directory.Exists(full);
        return new StoredFile(full[root.Length..], folder ? 0 : new FileInfo(full).Length, File.GetLastWriteTimeUtc(full), folder);
    }
}
