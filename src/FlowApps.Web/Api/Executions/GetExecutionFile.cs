using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
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

    private static async Task<IResult> DownloadAsync(string executionId, string path, IExecutions executions, IFileStore files, CancellationToken cancellation)
    {
        var file = await FindAsync(executionId, path, executions, files, cancellation);
        return Results.File(await files.OpenAsync(file.Path, cancellation), "application/octet-stream", file.Name);
    }

    private static async Task<IResult> MetasAsync(string executionId, string path, IExecutions executions, IFileStore files, CancellationToken cancellation) =>
        Answer.Json(new { size = (await FindAsync(executionId, path, executions, files, cancellation)).Size });

    private static async Task<IResult> PreviewAsync(string executionId, string path, int? maxRows, IExecutions executions, IFileStore files, CancellationToken cancellation)
    {
        var file = await FindAsync(executionId, path, executions, files, cancellation);
        await using var stream = await files.OpenAsync(file.Path, cancellation);
        var extension = Path.GetExtension(file.Name).TrimStart('.').ToLowerInvariant();
        return Answer.Json(await FilePreview.ReadAsync(stream, extension, Math.Clamp(maxRows ?? 100, 1, 5000), PreviewBytes, cancellation));
    }

    /// <summary>Only the execution's own files and those of the execution that started it.</summary>
    private static async Task<StoredFile> FindAsync(string executionId, string uri, IExecutions executions, IFileStore files, CancellationToken cancellation)
    {
        var execution = await executions.GetAsync(executionId, cancellation);
        var path = FilePaths.FromUri(uri) ?? uri;
        if (!IsOf(execution, path)) throw RefusedException.Invalid("foreign_file", $"Invalid file: '{uri}' does not belong to the execution '{executionId}'.");
        return await files.FindAsync(path, cancellation) is { IsDirectory: false } file ? file : throw RefusedException.NotFound($"The file '{uri}' does not exist.");
    }

    private static bool IsOf(Execution execution, string path)
    {
        if (path.Split('/').Contains("..")) return false;
        if (Below(path, FilePaths.Execution(execution.Namespace, execution.FlowId, execution.Id))) return true;
        if (path.Contains($"/executions/{execution.OriginalId ?? execution.Id}/", StringComparison.Ordinal) && Below(path, FilePaths.Flow(execution.Namespace, execution.FlowId))) return true;
        if (execution.ParentId is { } replayed && Below(path, FilePaths.Execution(execution.Namespace, execution.FlowId, replayed))) return true;
        var parent = execution.Trigger?.Variables;
        return parent?.GetValueOrDefault("executionId") is string id && parent.GetValueOrDefault("namespace") is string ns && parent.GetValueOrDefault("flowId") is string flow
            && Below(path, FilePaths.Execution(ns, flow, id))
            || Names(execution.Outputs, path) || Names(execution.Inputs, path) || execution.TaskRuns.Any(run => Names(run.Outputs, path));
    }

    private static bool Below(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Files of a child execution, or of the namespace, that an input or output hands over.</summary>
    private static bool Names(object? value, string path) => value switch
    {
        string text => FilePaths.FromUri(text) == path,
        IReadOnlyDictionary<string, object?> map => map.Values.Any(item => Names(item, path)),
        IReadOnlyList<object?> list => list.Any(item => Names(item, path)),
        _ => false,
    };
}
