using System.Text;
using FlowApps.Domain.Values;

namespace FlowApps.Domain.Files;

/// <summary>Where things are kept in internal storage (kestra-semantics 12.1).</summary>
public static class FilePaths
{
    public const string Scheme = "kestra://";
    private const string ExecutionsFolder = "executions";

    public static string Uri(string path) => Scheme + path;

    /// <summary>The path of a <c>kestra:///…</c> URI; null when it is not one.</summary>
    public static string? FromUri(string uri) => uri.StartsWith(Scheme + "/", StringComparison.Ordinal) ? uri[Scheme.Length..] : null;

    public static string Namespace(string ns) => "/" + ns.Replace('.', '/');

    public static string Flow(string ns, string flowId) => $"{Namespace(ns)}/{Slug(flowId)}";

    public static string Execution(string ns, string flowId, string executionId) => $"{Flow(ns, flowId)}/{ExecutionsFolder}/{executionId}";

    public static string TaskRun(string ns, string flowId, string executionId, string taskId, string taskRunId) =>
        $"{Execution(ns, flowId, executionId)}/tasks/{Slug(taskId)}/{taskRunId}";

    public static string Input(string ns, string flowId, string executionId, string inputId, string fileName) =>
        $"{Execution(ns, flowId, executionId)}/inputs/{inputId}/{fileName}";

    public static string NamespaceFile(string ns, string path) => $"{Namespace(ns)}/_files/{path.TrimStart('/')}";

    /// <summary>Whether a path is of the namespace itself and of none below it: one of its files, or one that an execution of its flows keeps.</summary>
    public static bool IsOf(string ns, string path)
    {
        var root = Namespace(ns) + "/";
        return path.StartsWith(root, StringComparison.Ordinal) && path[root.Length..].Split('/') is var parts && !parts.Contains("..")
            && (parts is ["_files", _, ..] || parts is [_, ExecutionsFolder, var id, _, ..] && Ids.IsId(id));
    }

    /// <summary>The execution that keeps the file of a path; null when none does. Its id cannot be guessed.</summary>
    public static string? ExecutionOf(string path)
    {
        var parts = path.Split('/');
        var at = Array.LastIndexOf(parts, ExecutionsFolder);
        return !parts.Contains("..") && at > 1 && at + 2 < parts.Length && Ids.IsId(parts[at + 1]) ? parts[at + 1] : null;
    }

    /// <summary>The kept files of a WorkingDirectory task; <paramref name="value"/>: the loop value it runs for.</summary>
    public static string Cache(string ns, string flowId, string taskId, string? value) =>
        $"{Flow(ns, flowId)}/{Slug(taskId)}/{(value is null ? "" : Hash(value) + "/")}cache/cache.zip";

    /// <summary>A short stable name for a text that may hold anything.</summary>
    private static string Hash(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Lower case, everything but letters and digits becomes one dash.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        return slug.ToString().TrimEnd('-');
    }
}
