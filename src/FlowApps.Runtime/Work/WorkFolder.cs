using FlowApps.Runtime.Hosting;

namespace FlowApps.Runtime.Work;

/// <summary>
/// The directory of one attempt, or the one that the children of a WorkingDirectory share. Made when first asked for. Attempts of different processes never meet in one:
/// a process that was taken for dead may still be at work in its own.
/// </summary>
internal sealed class WorkFolder
{
    private const string SharedByAll = "shared";
    private readonly string place;
    private readonly bool shared;
    private string? path;

    private WorkFolder(string place, bool shared) => (this.place, this.shared) = (place, shared);

    public string Path => path ??= Directory.CreateDirectory(place).FullName;

    /// <summary>Of one attempt on this node.</summary>
    public static WorkFolder Of(string root, NodeIdentity node, string name) => new(System.IO.Path.Combine(AllOf(root), NameOf(node.Owner), name), shared: false);

    /// <summary>Of a WorkingDirectory, whichever node its children run on.</summary>
    public static WorkFolder Shared(string root, string name) => new(System.IO.Path.Combine(AllOf(root), SharedByAll, name), shared: true);

    /// <summary>After an attempt: its own directory goes, a shared one stays for the siblings.</summary>
    public void Leave()
    {
        if (path is not null && !shared) Remove();
    }

    public void Remove() => Remove(place);

    /// <summary>The owners that have left directories below this root.</summary>
    public static IReadOnlyList<string> Owners(string root) => !Directory.Exists(AllOf(root)) ? [] :
        [.. Directory.EnumerateDirectories(AllOf(root)).Select(System.IO.Path.GetFileName).OfType<string>().Where(name => name != SharedByAll).Select(Uri.UnescapeDataString)];

    /// <summary>Removes what an owner that is gone has left behind.</summary>
    public static void Clear(string root, string owner) => Remove(System.IO.Path.Combine(AllOf(root), NameOf(owner)));

    /// <summary>Removes everything, when nobody is at work.</summary>
    public static void Clear(string root) => Remove(AllOf(root));

    private static string AllOf(string root) => System.IO.Path.Combine(System.IO.Path.GetFullPath(root), "work");

    private static string NameOf(string owner) => Uri.EscapeDataString(owner);

    private static void Remove(string folder)
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
