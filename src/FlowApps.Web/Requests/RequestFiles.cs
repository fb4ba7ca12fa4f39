using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Requests;

/// <summary>Gives a file of a request, always as a download: nothing that somebody sent is shown as a page of ours.</summary>
public sealed class RequestFiles(IFileStore files)
{
    /// <summary>Errors: NotFound, also for files of anything else.</summary>
    public async Task<IResult> DownloadAsync(RequestView request, string path, HttpContext http, CancellationToken cancellation)
    {
        var own = FilePaths.Execution(request.Execution.Namespace, request.Execution.FlowId, request.Id) + "/";
        if (!path.StartsWith(own, StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal) || await files.FindAsync(path, cancellation) is not { IsDirectory: false } file)
            throw RefusedException.NotFound("There is no such file in this request.");
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(await files.OpenAsync(path, cancellation), "application/octet-stream", file.Name);
    }
}
