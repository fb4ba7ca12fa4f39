namespace FlowApps.Runtime.Work;

/// <summary>The directory of one attempt, or the one that the children of a WorkingDirectory share. Made when first asked for.</summary>
internal sealed class WorkFolder(string root, string name, bool shared)
{
    private string? path;

    public string Path => path ??= Directory.CreateDirectory(System.IO.Path.Combine(System.IO.Path.GetFullPath(root), "work", name)).FullName;

    /// <summary>After an attempt: its own directory goes, a shared one stays for the siblings.</summary>
    public void Leave()
    {
        if (path is not null && !shared) Remove();
    }

    public void Remove()
    {
        var there = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), "work", name);
        try
        {
            if (Directory.Exists(there)) Directory.Delete(there, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that outlived its attempt may still hold a file; the folder is cleared at the next start.
        }
    }

    /// <summary>Removes what earlier boots left behind.</summary>
    public static void Clear(string root)
    {
        var all = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), "work");
        try
        {
            if (Directory.Exists(all)) Directory.Delete(all, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left for the next start.
        }
    }
}
