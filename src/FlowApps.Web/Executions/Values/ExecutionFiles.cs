using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Executions.Values;

/// <summary>The stored files that an execution may show: its own, those of executions it goes on from or was started by, and those that were handed to it or by it.</summary>
public sealed class ExecutionFiles(IFileStore files)
{
    /// <summary>Errors: Invalid for a file of others, NotFound.</summary>
    public async Task<StoredFile> FindAsync(Execution execution, string uri, CancellationToken cancellation)
    {
        var path = FilePaths.FromUri(uri) ?? uri;
        if (!IsOf(execution, path)) throw RefusedException.Invalid("foreign_file", $"Invalid file: '{uri}' does not belong to the execution '{execution.Id}'.");
        return await files.FindAsync(path, cancellation) is { IsDirectory: false } file ? file : throw RefusedException.NotFound($"The file '{uri}' does not exist.");
    }

    public Task<Stream> OpenAsync(StoredFile file, CancellationToken cancellation) => files.OpenAsync(file.Path, cancellation);

    private static bool IsOf(Execution execution, string path)
    {
        if (path.Split('/').Contains("..")) return false;
        if (Below(path, FilePaths.Execution(execution.Namespace, execution.FlowId, execution.Id))) return true;
        if (path.Contains($"/executions/{execution.OriginalId ?? execution.Id}/", StringComparison.Ordinal) && Below(path, FilePaths.Flow(execution.Namespace, execution.FlowId))) return true;
        if (execution.ParentId is { } replayed && Below(path, FilePaths.Execution(execution.Namespace, execution.FlowId, replayed))) return true;
        var parent = execution.Trigger?.Variables;
        return parent?.GetValueOrDefault("executionId") is string id && parent.GetValueOrDefault("namespace") is string ns && parent.GetValueOrDefault("flowId") is string flow
            && Below(path, FilePaths.Execution(ns, flow, id))
            || MayBeHandedOver(execution, path) && IsHandedOver(execution, path);
    }

    /// <summary>Anybody can write an address into an answer, so only those count that cannot be guessed (an execution's id is in them) or that are open to its flow anyway.</summary>
    private static bool MayBeHandedOver(Execution execution, string path) => FilePaths.ExecutionOf(path) is not null || FilePaths.IsOf(execution.Namespace, path);

    private static bool IsHandedOver(Execution execution, string path) =>
        Names(execution.Outputs, path) || Names(execution.Inputs, path) || execution.TaskRuns.Any(run => Names(run.Outputs, path));

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
