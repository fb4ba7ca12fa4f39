using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FlowApps.Web.Api.Files;

/// <summary>Uploads (a ZIP is unpacked), makes folders, moves and deletes files of a namespace. Uploads are streamed.</summary>
public sealed class WriteFiles : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/namespaces/{namespace}/files", UploadAsync).RequirePermission(Permission.WriteNamespaces).WithName("createNamespaceFile");
        api.MapPost("/namespaces/{namespace}/files/directory", MakeDirectoryAsync).RequirePermission(Permission.WriteNamespaces).WithName("createNamespaceDirectory");
        api.MapPut("/namespaces/{namespace}/files", MoveAsync).RequirePermission(Permission.WriteNamespaces).WithName("moveFileDirectory");
        api.MapDelete("/namespaces/{namespace}/files", DeleteAsync).RequirePermission(Permission.WriteNamespaces).WithName("deleteFileDirectory");
    }

    private static async Task<IResult> UploadAsync(string @namespace, string path, HttpRequest request, INamespaceFileStore files, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
        {
            await files.PutAsync(@namespace, path, request.Body, cancellation);
            return Results.Ok();
        }
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(type.Boundary).Value ?? "", request.Body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !(disposition.IsFileDisposition() || HeaderUtilities.RemoveQuotes(disposition.Name) == "fileContent")) continue;
            if (Path.GetExtension(path).Equals(".zip", StringComparison.OrdinalIgnoreCase)) await FileArchive.UnpackAsync(section.Body, (name, content) => files.PutAsync(@namespace, name, content, cancellation), cancellation);
            else await files.PutAsync(@namespace, path, section.Body, cancellation);
            return Results.Ok();
        }
        throw RefusedException.Invalid("file_missing", "The form needs a file part 'fileContent'.");
    }

    private static async Task<IResult> MakeDirectoryAsync(string @namespace, string path, INamespaceFileStore files, CancellationToken cancellation)
    {
        await files.CreateDirectoryAsync(@namespace, path, cancellation);
        return Results.Ok();
    }

    private static async Task<IResult> MoveAsync(string @namespace, string from, string to, INamespaceFileStore files, CancellationToken cancellation)
    {
        await files.MoveAsync(@namespace, from, to, cancellation);
        return Results.Ok();
    }

    private static async Task<IResult> DeleteAsync(string @namespace, string path, INamespaceFileStore files, CancellationToken cancellation)
    {
        var deleted = await files.DeleteAsync(@namespace, path, cancellation);
        return deleted.Count > 0 ? Results.NoContent() : throw RefusedException.NotFound($"There is no file '{path}' in the namespace '{@namespace}'.");
    }
}
