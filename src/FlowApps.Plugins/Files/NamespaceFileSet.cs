using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Files;

/// <summary>The files of a namespace, by patterns, and their way into a working directory.</summary>
internal static class NamespaceFileSet
{
    /// <summary>Lays the wanted files of the wanted namespaces into the working directory.</summary>
    public static async Task FetchAsync(TaskContext context, NamespaceFiles? wanted, CancellationToken cancellation)
    {
        if (wanted is null || !context.Render(wanted.Enabled, true)) return;
        var include = Globs(context.Render(wanted.Include));
        var exclude = Globs(context.Render(wanted.Exclude));
        var foldered = context.Render(wanted.FolderPerNamespace, false);
        foreach (var ns in context.Render(wanted.Namespaces) ?? [context.Flow.Namespace])
            foreach (var file in await FindAsync(context, ns, include, cancellation))
            {
                if (exclude.Exists(glob => glob.Matches(file))) continue;
                await using var source = await context.Port<INamespaceFileStore>().OpenAsync(ns, file, null, cancellation);
                await using var target = WorkingFiles.Create(context.WorkingDirectory, foldered ? ns + file : file);
                await source.CopyToAsync(target, cancellation);
            }
    }

    /// <summary>The files of a namespace that match one of the patterns (all when there is none), as paths with a leading slash.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(TaskContext context, string ns, IReadOnlyList<Glob> globs, CancellationToken cancellation)
    {
        var files = await context.Port<INamespaceFileStore>().ListAsync(ns, "/", recursive: true, cancellation);
        return [.. files.Where(file => !file.IsDirectory).Select(file => Below(ns, file.Path))
            .Where(path => globs.Count == 0 || globs.Any(glob => glob.Matches(path))).Order(StringComparer.Ordinal)];
    }

    public static List<Glob> Globs(IReadOnlyList<string>? patterns) => [.. (patterns ?? []).Select(Glob.ParseAnywhere)];

    private static string Below(string ns, string path)
    {
        var root = FilePaths.NamespaceFile(ns, "");
        return "/" + (path.StartsWith(root, StringComparison.Ordinal) ? path[root.Length..] : path.TrimStart('/'));
    }
}
