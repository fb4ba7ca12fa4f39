using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Outside;

/// <summary>Which files a run may read: those of its execution, of the executions it continues or was started by, and of its namespace and flow (kestra-semantics 12.1).</summary>
internal sealed class ReachableFiles(string ns, Execution? execution)
{

    /// <summary>The path behind <c>kestra:///…</c>, <c>nsfile:///…</c> or a path of the namespace's files. Errors: for files of others.</summary>
    public string PathOf(string uri)
    {
        const string NamespaceScheme = "nsfile:///";
        var path = FilePaths.FromUri(uri)
            ?? FilePaths.NamespaceFile(ns, uri.StartsWith(NamespaceScheme, StringComparison.Ordinal) ? uri[NamespaceScheme.Length..] : uri);
        var isOwn = !path.Contains("..", StringComparison.Ordinal) && Roots().Any(root => path.StartsWith(root, StringComparison.Ordinal));
        return isOwn ? path : throw new ExpressionException($"Unable to read the file '{uri}' as it didn't belong to the current execution");
    }

    private IEnumerable<string> Roots()
    {
        yield return FilePaths.NamespaceFile(ns, "");
        if (execution is null) yield break;
        yield return FilePaths.Flow(execution.Namespace, execution.FlowId) + "/";
        if (execution.Trigger?.Variables is { } trigger && Text(trigger, "namespace") is { } parentNs && Text(trigger, "flowId") is { } parentFlow && Text(trigger, "executionId") is { } parentId)
            yield return FilePaths.Execution(parentNs, parentFlow, parentId) + "/";
    }

    private static string? Text(IReadOnlyDictionary<string, object?> map, string key) => map.TryGetValue(key, out var value) ? value as string : null;
}
