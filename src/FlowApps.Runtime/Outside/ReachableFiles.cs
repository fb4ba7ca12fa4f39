using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Outside;

/// <summary>
/// Which files a run may read (kestra-semantics 12.1). Expressions: those of its execution, of executions it continues, was started by or started itself, and of its namespace.
/// Tasks also those of other executions in its own namespace, as their addresses come as inputs.
/// </summary>
internal sealed class ReachableFiles(string ns, Execution? execution, bool forTask)
{
    /// <summary>The path behind <c>kestra:///…</c>, <c>nsfile:///…</c> or a path of the namespace's files. Errors: for files of others.</summary>
    public string PathOf(string uri)
    {
        const string NamespaceScheme = "nsfile:///";
        var path = FilePaths.FromUri(uri)
            ?? FilePaths.NamespaceFile(ns, uri.StartsWith(NamespaceScheme, StringComparison.Ordinal) ? uri[NamespaceScheme.Length..] : uri);
        var isOwn = !path.Split('/').Contains("..") && (forTask && FilePaths.IsOf(ns, path) || Roots().Any(root => path.StartsWith(root, StringComparison.Ordinal)) || IsOfChild(path));
        return isOwn ? path : throw new ExpressionException($"Unable to read the file '{uri}' as it didn't belong to the current execution");
    }

    private IEnumerable<string> Roots()
    {
        yield return FilePaths.NamespaceFile(ns, "");
        if (execution is null) yield break;
        foreach (var id in new[] { execution.Id, execution.ParentId, execution.OriginalId })
            if (id is not null) yield return FilePaths.Execution(execution.Namespace, execution.FlowId, id) + "/";
        if (execution.Trigger?.Variables is { } trigger && Text(trigger, "namespace") is { } parentNs && Text(trigger, "flowId") is { } parentFlow && Text(trigger, "executionId") is { } parentId)
            yield return FilePaths.Execution(parentNs, parentFlow, parentId) + "/";
    }

    /// <summary>Execution ids are unguessable and made here, so the id in the path is proof enough.</summary>
    private bool IsOfChild(string path)
    {
        const string Folder = "/executions/";
        var at = path.IndexOf(Folder, StringComparison.Ordinal);
        if (execution is null || at < 0 || path[(at + Folder.Length)..].Split('/')[0] is not { Length: > 0 } id) return false;
        return execution.TaskRuns.Any(run => run.ChildExecutionId == id || run.Children?.Values.Any(child => child.Id == id) == true);
    }

    private static string? Text(IReadOnlyDictionary<string, object?> map, string key) => map.TryGetValue(key, out var value) ? value as string : null;
}
