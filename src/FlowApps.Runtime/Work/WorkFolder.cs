using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Work;

/// <summary>
/// The directory of one attempt, or the one that the children of a WorkingDirectory share. Made when first asked for. Attempts of different processes never meet in one:
/// a process that was taken for dead may still be at work in its own. What a killed process left is removed at the next start (<see cref="WorkRemains"/>).
/// </summary>
internal sealed class WorkFolder
{
    private readonly string place;
    private readonly bool shared;
    private string? path;

    private WorkFolder(string place, bool shared) => (this.place, this.shared) = (place, shared);

    public string Path => path ??= Directory.CreateDirectory(place).FullName;

    /// <summary>Of one attempt on this node.</summary>
    public static WorkFolder Of(string root, NodeIdentity node, string name) => new(System.IO.Path.Combine(WorkRemains.FolderOf(root, node), name), shared: false);

    /// <summary>Of a WorkingDirectory, whichever node its children run on.</summary>
    public static WorkFolder Shared(string root, string executionId, string taskRunId) => new(WorkRemains.SharedFolderOf(root, executionId, taskRunId), shared: true);

    /// <summary>After an attempt: its own directory goes, a shared one stays for the siblings.</summary>
    public void Leave()
    {
        if (path is not null && !shared) Remove();
    }

    public void Remove() => Remove(place);

    /// <summary>Nothing when it is not there.</summary>
    public static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that outlived its attempt may still hold a file; the folder is cleared at the next start.
        }
    }
}
