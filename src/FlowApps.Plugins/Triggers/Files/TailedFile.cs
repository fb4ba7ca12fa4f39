namespace FlowApps.Plugins.Triggers.Files;

/// <summary>The file that a tail follows and those it was before it was rotated, which stand beside it under names that begin like its own.</summary>
internal sealed class TailedFile(string path)
{
    private static readonly string[] Packed = [".gz", ".bz2", ".xz", ".zst", ".zip"];
    private readonly string folder = Path.GetDirectoryName(path)!, name = Path.GetFileName(path);

    /// <summary>Null when it is not there, or not yet there again.</summary>
    public FileStream? Open() => Open(path);

    /// <summary>The rotated file that holds the position.</summary>
    public FileStream? OpenRotated(TailPosition position)
    {
        foreach (var other in Beside(Stem))
        {
            var file = Open(other.FullName);
            if (file is not null && position.IsIn(file)) return file;
            file?.Dispose();
        }
        return null;
    }

    /// <summary>What was written after a rotated file: the next of those that were rotated since, or the file itself.</summary>
    public FileStream? OpenAfter(FileStream rotated)
    {
        var ended = File.GetLastWriteTimeUtc(rotated.Name);
        var next = Beside(name).Where(other => other.FullName != rotated.Name && other.LastWriteTimeUtc > ended).MinBy(other => other.LastWriteTimeUtc);
        return next is null ? Open() : Open(next.FullName);
    }

    private string Stem => name.IndexOf('.', 1) is > 0 and var dot ? name[..dot] : name;

    private IEnumerable<FileInfo> Beside(string beginning) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(other => other.Name != name && other.LinkTarget is null && other.Name.StartsWith(beginning, StringComparison.Ordinal) && !Packed.Contains(other.Extension));

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 65536, FileOptions.Asynchronous);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
