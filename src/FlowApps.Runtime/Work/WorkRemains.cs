using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Work;

/// <summary>
/// What processes leave below the data folder's <c>work</c> when they are killed. Each process holds a lock on a file beside its directory for as long as it lives, which the
/// system frees with it. The database is not asked who lives: whoever has just lost a connection is not dead, and works on in its directory.
/// </summary>
internal static class WorkRemains
{
    private const string SharedByAll = "shared";
    private const string Held = ".held";
    private const char Between = '-';

    /// <summary>Where the attempts of one process work.</summary>
    public static string FolderOf(string root, NodeIdentity node) => Path.Combine(AllOf(root), NameOf(node));

    /// <summary>Where the children of a WorkingDirectory work, whichever process they run in.</summary>
    public static string SharedFolderOf(string root, string executionId, string taskRunId) => Path.Combine(AllOf(root), SharedByAll, $"{executionId}{Between}{taskRunId}");

    /// <summary>Until it is disposed of, and while this process lives, others leave its directory alone.</summary>
    public static IDisposable Hold(string root, NodeIdentity node)
    {
        Directory.CreateDirectory(AllOf(root));
        return Take(FolderOf(root, node) + Held) ?? throw new InvalidOperationException($"Another process works in {FolderOf(root, node)} already.");
    }

    /// <summary>Removes the directories of processes that are gone.</summary>
    public static void Clear(string root)
    {
        if (!Directory.Exists(AllOf(root))) return;
        foreach (var entry in Directory.EnumerateFileSystemEntries(AllOf(root)).Where(entry => Path.GetFileName(entry) != SharedByAll).ToList())
        {
            var folder = entry.EndsWith(Held, StringComparison.Ordinal) ? entry[..^Held.Length] : entry;
            using var hold = Take(folder + Held);
            if (hold is null) continue;
            WorkFolder.Remove(folder);
            File.Delete(folder + Held);
        }
    }

    /// <summary>Removes the shared directories of executions that are over: those of others are still needed, and nothing else has their files.</summary>
    /// <param name="root">The data folder.</param>
    /// <param name="isOver">Asked for the id of an execution.</param>
    public static async Task ClearSharedAsync(string root, Func<string, ValueTask<bool>> isOver)
    {
        var shared = Path.Combine(AllOf(root), SharedByAll);
        if (!Directory.Exists(shared)) return;
        foreach (var folder in Directory.GetDirectories(shared))
            if (await isOver(Path.GetFileName(folder).Split(Between)[0])) WorkFolder.Remove(folder);
    }

    private static string AllOf(string root) => Path.Combine(Path.GetFullPath(root), "work");

    private static string NameOf(NodeIdentity node) => Uri.EscapeDataString(node.Owner);

    /// <summary>Null when somebody holds it.</summary>
    private static FileStream? Take(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
