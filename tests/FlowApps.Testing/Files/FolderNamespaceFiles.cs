using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Testing.Files;

/// <summary>Files of namespaces over internal storage; one revision each.</summary>
public sealed class FolderNamespaceFiles(IFileStore store) : INamespaceFileStore
{
    public async Task<IReadOnlyList<StoredFile>> ListAsync(string ns, string path, bool recursive, CancellationToken cancellation)
    {
        var root = FilePaths.NamespaceFile(ns, "");
        var files = new List<StoredFile>();
        await foreach (var file in store.ListAsync(PathOf(ns, path), recursive, cancellation)) files.Add(file with { Path = "/" + file.Path[root.Length..] });
        return files;
    }

    public Task<Stream> OpenAsync(string ns, string path, int? revision, CancellationToken cancellation) => store.OpenAsync(PathOf(ns, path), cancellation);

    public Stream Open(string ns, string path, int? revision) => store.Open(PathOf(ns, path));

    public async Task<StoredFile> PutAsync(string ns, string path, Stream content, CancellationToken cancellation)
    {
        await store.PutAsync(PathOf(ns, path), content, cancellation);
        return (await store.FindAsync(PathOf(ns, path), cancellation))!;
    }

    public Task CreateDirectoryAsync(string ns, string path, CancellationToken cancellation) => store.CreateDirectoryAsync(PathOf(ns, path), cancellation);

    public Task MoveAsync(string ns, string from, string to, CancellationToken cancellation) => store.MoveAsync(PathOf(ns, from), PathOf(ns, to), cancellation);

    public Task<IReadOnlyList<string>> DeleteAsync(string ns, string path, CancellationToken cancellation) => store.DeleteAsync(PathOf(ns, path), cancellation);

    public Task<IReadOnlyList<(int Revision, DateTimeOffset At, long Size)>> RevisionsAsync(string ns, string path, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<(int, DateTimeOffset, long)>>([]);

    private static string PathOf(string ns, string path) => FilePaths.NamespaceFile(ns, path);
}
