using System.Globalization;
using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;

namespace FlowApps.Storage.Namespaces;

/// <summary>
/// Files of namespaces (kestra-semantics 12.4), kept in internal storage: the newest below <c>_files</c>, where tasks look, each revision below <c>_file_revisions</c>.
/// The revision is written first, so what is shown always has its revision.
/// </summary>
internal sealed class NamespaceFileStore(IFileStore files) : INamespaceFileStore
{
    // Saves of the same file wait for each other, so that each gets a revision of its own; files share a few gates.
    private static readonly SemaphoreSlim[] Gates = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1, 1))];

    public async Task<IReadOnlyList<StoredFile>> ListAsync(string ns, string path, bool recursive, CancellationToken cancellation)
    {
        var root = FilePaths.NamespaceFile(ns, "").TrimEnd('/');
        var found = new List<StoredFile>();
        await foreach (var file in files.ListAsync(FilePaths.NamespaceFile(ns, path), recursive, cancellation)) found.Add(file with { Path = file.Path[root.Length..] });
        return found;
    }

    public Task<Stream> OpenAsync(string ns, string path, int? revision, CancellationToken cancellation) => files.OpenAsync(At(ns, path, revision), cancellation);

    public Stream Open(string ns, string path, int? revision) => files.Open(At(ns, path, revision));

    public async Task<StoredFile> PutAsync(string ns, string path, Stream content, CancellationToken cancellation)
    {
        var target = FilePaths.NamespaceFile(ns, path);
        var gate = Gates[(uint)StringComparer.Ordinal.GetHashCode(target) % Gates.Length];
        await gate.WaitAsync(cancellation);
        try
        {
            return await PutAsync(ns, path, target, content, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<StoredFile> PutAsync(string ns, string path, string target, Stream content, CancellationToken cancellation)
    {
        var next = (await RevisionsAsync(ns, path, cancellation)).Select(known => known.Revision).DefaultIfEmpty(0).Max() + 1;
        await files.PutAsync(At(ns, path, next), content, cancellation);
        await using (var kept = await files.OpenAsync(At(ns, path, next), cancellation)) await files.PutAsync(target, kept, cancellation);
        var stored = await files.FindAsync(target, cancellation) ?? throw RefusedException.Conflict("file_gone", $"The file '{path}' was removed meanwhile.");
        return stored with { Path = "/" + path.TrimStart('/') };
    }

    public Task CreateDirectoryAsync(string ns, string path, CancellationToken cancellation) => files.CreateDirectoryAsync(FilePaths.NamespaceFile(ns, path), cancellation);

    public Task MoveAsync(string ns, string from, string to, CancellationToken cancellation) =>
        files.MoveAsync(FilePaths.NamespaceFile(ns, from), FilePaths.NamespaceFile(ns, to), cancellation);

    public async Task<IReadOnlyList<string>> DeleteAsync(string ns, string path, CancellationToken cancellation)
    {
        var root = FilePaths.NamespaceFile(ns, "").TrimEnd('/');
        return (await files.DeleteAsync(FilePaths.NamespaceFile(ns, path), cancellation)).Select(gone => gone[root.Length..]).ToList();
    }

    public async Task<IReadOnlyList<(int Revision, DateTimeOffset At, long Size)>> RevisionsAsync(string ns, string path, CancellationToken cancellation)
    {
        var revisions = new List<(int, DateTimeOffset, long)>();
        await foreach (var file in files.ListAsync(Revisions(ns, path), false, cancellation))
            if (int.TryParse(file.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)) revisions.Add((revision, file.ModifiedAt, file.Size));
        return revisions.OrderBy(known => known.Item1).ToList();
    }

    private static string At(string ns, string path, int? revision) =>
        revision is { } number ? $"{Revisions(ns, path)}/{number.ToString(CultureInfo.InvariantCulture)}" : FilePaths.NamespaceFile(ns, path);

    private static string Revisions(string ns, string path) => $"{FilePaths.Namespace(ns)}/_file_revisions/{path.Trim('/')}#";
}
