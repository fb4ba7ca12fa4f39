using Microsoft.Extensions.Configuration;

namespace FlowApps.Plugins.Files;

/// <summary>
/// The folders of this computer that flows may use: those that <c>FlowApps:LocalFolders</c> lists and <c>local</c> in the data folder. The rest of the data folder is the
/// product's own and stays closed, whatever the list says. Links are followed before anything is allowed.
/// </summary>
public sealed class LocalFolders
{
    private const int MaxLinks = 40;
    private readonly string data, own;
    private readonly IReadOnlyList<string> allowed;

    public LocalFolders(string dataFolder, IEnumerable<string> folders)
    {
        data = Real(Path.GetFullPath(dataFolder));
        own = Path.Combine(data, "local");
        allowed = [own, .. folders.Select(folder => Real(Path.GetFullPath(folder)))];
    }

    /// <summary>The setting is a list, or one text with commas.</summary>
    public static LocalFolders From(IConfiguration? configuration)
    {
        var listed = configuration?.GetSection("FlowApps:LocalFolders").GetChildren().Select(child => child.Value).OfType<string>() ?? [];
        var written = (configuration?["FlowApps:LocalFolders"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new LocalFolders(configuration?["FlowApps:Data"] ?? "data", listed.Concat(written));
    }

    /// <summary>The real full path. Errors: <see cref="TaskFailedException"/> for a path that is not absolute or not in an allowed folder.</summary>
    public string Resolve(string path)
    {
        var plain = path.StartsWith("file://", StringComparison.Ordinal) ? path["file://".Length..] : path;
        if (!Path.IsPathFullyQualified(plain) || plain.Contains('\0', StringComparison.Ordinal)) throw new TaskFailedException($"'{path}' is not an absolute path.");
        var real = Real(Path.GetFullPath(plain));
        if (allowed.Any(folder => Holds(folder, real)) && (Holds(own, real) || !Holds(data, real))) return real;
        throw new TaskFailedException($"Flows may not use {path}: name its folder in FlowApps:LocalFolders, or use {own}.");
    }

    private static bool Holds(string folder, string path) => path == folder || path.StartsWith(folder.TrimEnd('/') + '/', StringComparison.Ordinal);

    /// <summary>The path with every link in it followed; what does not exist yet stays as it is.</summary>
    private static string Real(string path)
    {
        for (var links = 0; links < MaxLinks; links++)
        {
            if (FirstLink(path) is not { } link) return path;
            var target = Path.GetFullPath(link.Info.LinkTarget!, Path.GetDirectoryName(link.Info.FullName)!);
            path = link.Below.Length == 0 ? target : Path.GetFullPath(Path.Combine(target, link.Below));
        }
        throw new TaskFailedException($"{path} leads through too many links.");
    }

    private static (FileInfo Info, string Below)? FirstLink(string path)
    {
        for (var end = path.IndexOf('/', 1); ; end = path.IndexOf('/', end + 1))
        {
            var part = new FileInfo(end < 0 ? path : path[..end]);
            if (part.LinkTarget is not null) return (part, end < 0 ? "" : path[(end + 1)..]);
            if (end < 0) return null;
        }
    }
}
