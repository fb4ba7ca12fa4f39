using System.IO.Compression;
using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Files;

/// <summary>The files of a namespace: content, facts, listings, search, revisions, and all as a ZIP.</summary>
public sealed class ReadFiles : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/namespaces/{namespace}/files", ContentAsync).RequirePermission(Permission.ReadNamespaces).WithName("getFileContent");
        api.MapGet("/namespaces/{namespace}/files/stats", StatsAsync).RequirePermission(Permission.ReadNamespaces).WithName("getFileMetadatas");
        api.MapGet("/namespaces/{namespace}/files/directory", DirectoryAsync).RequirePermission(Permission.ReadNamespaces).WithName("listNamespaceDirectoryFiles");
        api.MapGet("/namespaces/{namespace}/files/search", SearchAsync).RequirePermission(Permission.ReadNamespaces).WithName("searchNamespaceFiles");
        api.MapGet("/namespaces/{namespace}/files/revisions", RevisionsAsync).RequirePermission(Permission.ReadNamespaces).WithName("listFileRevisions");
        api.MapGet("/namespaces/{namespace}/files/export", ExportAsync).RequirePermission(Permission.ReadNamespaces).WithName("exportNamespaceFiles");
    }

    private static async Task<IResult> ContentAsync(string @namespace, string path, int? revision, INamespaceFileStore files, CancellationToken cancellation) =>
        Results.File(await files.OpenAsync(@namespace, path, revision, cancellation), "application/octet-stream", Path.GetFileName(path));

    private static async Task<IResult> StatsAsync(string @namespace, string? path, INamespaceFileStore files, CancellationToken cancellation)
    {
        var file = await FindAsync(@namespace, path ?? "/", files, cancellation) ?? throw RefusedException.NotFound($"There is no file '{path}' in the namespace '{@namespace}'.");
        return new JsonAnswer(writer => NamespaceFileJson.Write(writer, file));
    }

    private static async Task<IResult> DirectoryAsync(string @namespace, string? path, INamespaceFileStore files, CancellationToken cancellation) =>
        Answer.List(await files.ListAsync(@namespace, path ?? "/", recursive: false, cancellation), NamespaceFileJson.Write);

    private static async Task<IResult> SearchAsync(string @namespace, string? q, INamespaceFileStore files, CancellationToken cancellation) =>
        Answer.Json((await files.ListAsync(@namespace, "/", recursive: true, cancellation))
            .Where(file => !file.IsDirectory).Select(file => Relative(@namespace, file)).Where(path => q is null || path.Contains(q, StringComparison.OrdinalIgnoreCase)));

    private static async Task<IResult> RevisionsAsync(string @namespace, string path, INamespaceFileStore files, CancellationToken cancellation) =>
        Answer.Json((await files.RevisionsAsync(@namespace, path, cancellation)).Select(r => new { revision = r.Revision, date = r.At, size = r.Size }));

    private static async Task<IResult> ExportAsync(string @namespace, INamespaceFileStore files, CancellationToken cancellation)
    {
        var all = (await files.ListAsync(@namespace, "/", recursive: true, cancellation)).Where(file => !file.IsDirectory).ToList();
        // An archive is written with steps back and forth, so it is made in a temporary file that goes with its stream.
        var archive = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 81920, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var zip = await ZipArchive.CreateAsync(archive, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation))
        {
            foreach (var file in all)
            {
                await using var content = await files.OpenAsync(@namespace, Relative(@namespace, file), null, cancellation);
                await using var entry = await zip.CreateEntry(Relative(@namespace, file).TrimStart('/')).OpenAsync(cancellation);
                await content.CopyToAsync(entry, cancellation);
            }
        }
        archive.Position = 0;
        return Results.File(archive, "application/octet-stream", $"{@namespace}.zip");
    }

    private static async Task<StoredFile?> FindAsync(string ns, string path, INamespaceFileStore files, CancellationToken cancellation)
    {
        var plain = "/" + path.Trim('/');
        if (plain == "/") return new StoredFile("/", 0, DateTimeOffset.UnixEpoch, IsDirectory: true);
        var folder = plain[..plain.LastIndexOf('/')];
        return (await files.ListAsync(ns, folder.Length == 0 ? "/" : folder, recursive: false, cancellation)).FirstOrDefault(file => file.Name == Path.GetFileName(plain));
    }

    /// <summary>The path below the namespace, with a leading slash.</summary>
    private static string Relative(string ns, StoredFile file)
    {
        var root = FilePaths.NamespaceFile(ns, "");
        return "/" + (file.Path.StartsWith(root, StringComparison.Ordinal) ? file.Path[root.Length..] : file.Path).Trim('/');
    }
}
