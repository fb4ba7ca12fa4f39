namespace FlowApps.Plugins.Files;

/// <summary>Names and patterns within a task's working directory. Names never lead out of it; links are not followed.</summary>
internal static class WorkingFiles
{
    /// <summary>What the product itself keeps in a working directory while a task runs; never an output.</summary>
    public const string Own = ".flowapps";

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        IgnoreInaccessible = true,
        MaxRecursionDepth = 64,
    };

    /// <summary>The full path of a relative name. Errors: <see cref="TaskFailedException"/> when it would be outside.</summary>
    public static string Resolve(string directory, string name)
    {
        var root = Path.GetFullPath(directory);
        var path = name.Contains('\0', StringComparison.Ordinal) ? root : Path.GetFullPath(Path.Combine(root, name.TrimStart('/')));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new TaskFailedException($"The file name '{name}' leads out of the working directory.");
    }

    /// <summary>Creates a file and the folders above it.</summary>
    public static FileStream Create(string directory, string name)
    {
        var path = Resolve(directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 65536, FileOptions.Asynchronous);
    }

    /// <summary>The files that match one of the patterns, as (relative name with slashes, full path), by name.</summary>
    public static IEnumerable<(string Name, string Path)> Find(string directory, IReadOnlyList<string> patterns)
    {
        if (patterns.Count == 0 || !Directory.Exists(directory)) return [];
        var globs = patterns.Select(pattern => Glob.Parse(Relative(directory, pattern))).ToList();
        return All(directory).Where(file => globs.Exists(glob => glob.Matches(file.Name)));
    }

    /// <summary>All files of a directory but the product's own.</summary>
    public static IEnumerable<(string Name, string Path)> All(string directory) => !Directory.Exists(directory)
        ? []
        : Directory.EnumerateFiles(directory, "*", Everything)
            .Select(path => (Name: Path.GetRelativePath(directory, path).Replace('\\', '/'), path))
            .Where(file => !file.Name.StartsWith(Own + "/", StringComparison.Ordinal))
            .OrderBy(file => file.Name, StringComparer.Ordinal);

    private static string Relative(string directory, string pattern)
    {
        var trimmed = pattern.StartsWith(directory, StringComparison.Ordinal) ? pattern[directory.Length..] : pattern;
        return trimmed.StartsWith("./", StringComparison.Ordinal) ? trimmed[2..] : trimmed;
    }
}
