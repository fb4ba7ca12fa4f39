using System.Security.Cryptography;
using System.Text;

namespace FlowApps.Runtime.Work;

/// <summary>The kinds of work items. Stored, so never renamed.</summary>
internal static class WorkKinds
{
    /// <summary>An attempt of a runnable task.</summary>
    public const string Task = "task";

    /// <summary>Renderings that look outside; the payload is the list of expressions.</summary>
    public const string Render = "render";

    public const string PrepareDirectory = "prepare";
    public const string CollectDirectory = "collect";

    /// <summary>The task failed or was killed: only remove the directory.</summary>
    public const string DiscardDirectory = "discard";

    public static string IdOf(string kind, string executionId, string taskRunId, int attempt, string? payload) =>
        kind == Task ? $"{taskRunId}:{attempt}" : payload is null ? $"{taskRunId}:{kind}" : $"{executionId}:{taskRunId}:{kind}:{Hash(payload)}";

    private static string Hash(string payload) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(payload)).AsSpan(0, 8));
}
