using FlowApps.Domain.Executions;
using FlowApps.Domain.Security;
using FlowApps.Web.Executions.Values;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Executions;

/// <summary>Files that belong to an execution: the bytes (as an attachment), their size, a preview.</summary>
public sealed class GetExecutionFile : IApi
{
    private const int PreviewBytes = 512 * 1024;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/executions/{executionId}/file", DownloadAsync).RequirePermission(Permission.ReadExecutions).WithName("downloadFileFromExecution");
        api.MapGet("/executions/{executionId}/file/metas", MetasAsync).RequirePermission(Permission.ReadExecutions).WithName("getFileMetadatasFromExecution");
        api.MapGet("/executions/{executionId}/file/preview", PreviewAsync).RequirePermission(Permission.ReadExecutions).WithName("previewFileFromExecution");
    }

    private static async Task<IResult> DownloadAsync(string executionId, string path, IExecutions executions, ExecutionFiles files, CancellationToken cancellation)
    {
        var file = await files.FindAsync(await executions.GetAsync(executionId, cancellation), path, cancellation);
        return Results.File(await files.OpenAsync(file, cancellation), "application/octet-stream", file.Name);
    }

    private static async Task<IResult> MetasAsync(string executionId, string path, IExecutions executions, ExecutionFiles files, CancellationToken cancellation) =>
        Answer.Json(new { size = (await files.FindAsync(await executions.GetAsync(executionId, cancellation), path, cancellation)).Size });

    private static async Task<IResult> PreviewAsync(string executionId, string path, int? maxRows, IExecutions executions, ExecutionFiles files, CancellationToken cancellation)
    {
        var file = await files.FindAsync(await executions.GetAsync(executionId, cancellation), path, cancellation);
        await using var stream = await files.OpenAsync(file, cancellation);
        var extension = Path.GetExtension(file.Name).TrimStart('.').ToLowerInvariant();
        return Answer.Json(await FilePreview.ReadAsync(stream, extension, Math.Clamp(maxRows ?? 100, 1, 5000), PreviewBytes, cancellation));
    }
}
