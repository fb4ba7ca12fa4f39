using System.Text.RegularExpressions;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Scripts;

/// <summary>The working directory of a script task, with what the product puts there for the time of the run.</summary>
internal sealed partial class ScriptPlace
{
    private readonly TaskContext context;
    private readonly string own;
    private readonly List<string> added = [];
    private readonly Dictionary<string, string> local = new(StringComparer.Ordinal);

    public ScriptPlace(TaskContext context)
    {
        this.context = context;
        Directory = Path.GetFullPath(context.WorkingDirectory);
        own = Path.Combine(Directory, WorkingFiles.Own, Ids.New(context.Clock));
        Outputs = Path.Combine(own, "outputs");
        System.IO.Directory.CreateDirectory(Outputs);
        Variables = Data.Map(("workingDir", Directory), ("outputDir", Outputs), ("bucketPath", null));
    }

    public string Directory { get; }

    /// <summary>What commands write here is kept.</summary>
    public string Outputs { get; }

    /// <summary>What expressions of the task may name besides the execution's variables.</summary>
    public IReadOnlyDictionary<string, object?> Variables { get; }

    /// <summary>Writes a script beside the input files, so that it finds them as its neighbours; returns its name.</summary>
    public async Task<string> AddAsync(string text, string extension, CancellationToken cancellation)
    {
        var name = $".{Ids.New(context.Clock)}{extension}";
        added.Add(Path.Combine(Directory, name));
        await File.WriteAllTextAsync(added[^1], text, cancellation);
        return name;
    }

    /// <summary>Fetches the stored files that the text names and puts local paths in their place.</summary>
    public async Task<string> LocaliseAsync(string text, CancellationToken cancellation)
    {
        foreach (var uri in StoredUri().Matches(text).Select(match => match.Value).Distinct().OrderByDescending(uri => uri.Length))
            text = text.Replace(uri, await FetchAsync(uri, cancellation), StringComparison.Ordinal);
        return text;
    }

    public bool IsOwn(string path) => added.Contains(path);

    public void Clear()
    {
        foreach (var file in added) File.Delete(file);
        if (System.IO.Directory.Exists(own)) System.IO.Directory.Delete(own, recursive: true);
    }

    public TaskContext Context => context;

    private async Task<string> FetchAsync(string uri, CancellationToken cancellation)
    {
        if (local.TryGetValue(uri, out var known)) return known;
        await using var source = await context.OpenFileAsync(uri, cancellation);
        var relative = Path.GetRelativePath(Directory, Path.Combine(own, $"{local.Count}", Path.GetFileName(uri)));
        await using var target = WorkingFiles.Create(Directory, relative);
        await source.CopyToAsync(target, cancellation);
        return local[uri] = target.Name;
    }

    [GeneratedRegex("""kestra:///[^\s'"`;|<>(){}\[\]$]+""")]
    private static partial Regex StoredUri();
}
