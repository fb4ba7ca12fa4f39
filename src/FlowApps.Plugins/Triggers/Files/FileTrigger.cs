using FlowApps.Domain.Problems;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Triggers.Files;

/// <summary>
/// Looks into a folder of this computer again and again and starts an execution with the files that are new there, each already copied into the internal storage
/// (<c>trigger.files</c>). Files are moved or deleted at the look after their execution was stored, so a crash loses none; until then they are not found again.
/// The folder must be one of <c>FlowApps:LocalFolders</c>.
/// </summary>
[Plugin("fs.Trigger", "fs.local.Trigger", Icon = "folder-search")]
public sealed record FileTrigger : Domain.Triggers.PollingTrigger, IValidated
{
    private const string Seen = "seen", Leaving = "leaving";

    /// <summary>The folder, as an absolute path.</summary>
    public required Property<string> From { get; init; }

    /// <summary>A pattern of the names, such as <c>*.csv</c> or <c>**/*.csv</c> (with <c>recursive</c>).</summary>
    public Property<string> Glob { get; init; } = "**";

    /// <summary>A regular expression that the whole path must match, besides the pattern.</summary>
    public Property<string>? RegExp { get; init; }

    /// <summary>Whether folders below are looked into.</summary>
    public Property<bool> Recursive { get; init; } = new(false);

    /// <summary>What becomes of the files: NONE (the trigger remembers them), MOVE or DELETE.</summary>
    public Property<FileAction> Action { get; init; } = "NONE";

    /// <summary>Where MOVE puts them: a folder of FlowApps:LocalFolders.</summary>
    public Property<string>? MoveDirectory { get; init; }

    /// <summary>Which files are news when they stay: CREATE, UPDATE or CREATE_OR_UPDATE.</summary>
    public Property<FileEvent> On { get; init; } = "CREATE_OR_UPDATE";

    /// <summary>How many files one execution gets at most; the rest come with the next look.</summary>
    public Property<int> MaxFiles { get; init; } = new(25);

    public IEnumerable<Problem> Validate()
    {
        if (Action.Raw is "MOVE" && MoveDirectory is null) yield return new Problem("move_directory_missing", "A file can only be moved when moveDirectory says where to.", "moveDirectory");
    }

    public override async ValueTask<IReadOnlyDictionary<string, object?>?> EvaluateAsync(TaskContext context, CancellationToken cancellation)
    {
        var (folder, action) = (context.Port<LocalFolders>().Resolve(context.Render(From) ?? ""), context.Render(Action));
        if (!Directory.Exists(folder)) throw new TaskFailedException($"There is no folder {folder}.");
        var leaving = Marks(context, Leaving);
        foreach (var (path, mark) in leaving) SendOff(context, folder, path, (string)mark!, action);
        var files = Matching(context, folder);
        var seen = Marks(context, Seen);
        var fresh = files.Where(file => IsNews(file, seen, leaving, action, context.Render(On))).Take(Math.Max(1, context.Render(MaxFiles))).ToList();
        Remember(context, action, files, seen, fresh);
        if (fresh.Count == 0) return null;
        var found = new List<object?>();
        foreach (var file in fresh) found.Add(await StoreAsync(context, folder, file, cancellation));
        return Data.Map(("files", found));
    }

    private List<FileInfo> Matching(TaskContext context, string folder)
    {
        var glob = Plugins.Files.Glob.Parse(context.Render(Glob) ?? "**");
        var expression = context.Render(RegExp) is { Length: > 0 } text ? LinearRegex.Of($"^(?:{text})$") : null;
        var options = new EnumerationOptions { RecurseSubdirectories = context.Render(Recursive), AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        return [.. new DirectoryInfo(folder).EnumerateFiles("*", options).Where(file => glob.Matches(NameIn(folder, file)) && expression?.IsMatch(file.FullName) != false).OrderBy(file => file.FullName, StringComparer.Ordinal)];
    }

    private static bool IsNews(FileInfo file, IReadOnlyDictionary<string, object?> seen, IReadOnlyDictionary<string, object?> leaving, FileAction action, FileEvent wanted)
    {
        if (action is not FileAction.None) return !leaving.TryGetValue(file.FullName, out var handedOver) || !Equals(handedOver, Mark(file));
        return seen.TryGetValue(file.FullName, out var known) ? wanted is not FileEvent.Create && !Equals(known, Mark(file)) : wanted is not FileEvent.Update;
    }

    /// <summary>Files that are gone are forgotten; of those that stay, only what was handed over counts as seen (with UPDATE, also what is only known).</summary>
    private void Remember(TaskContext context, FileAction action, List<FileInfo> files, IReadOnlyDictionary<string, object?> seen, List<FileInfo> fresh)
    {
        var next = Data.Map();
        if (action is FileAction.None)
        {
            var onlyUpdates = context.Render(On) is FileEvent.Update;
            var handedOver = fresh.Select(file => file.FullName).ToHashSet();
            foreach (var file in files)
                if (handedOver.Contains(file.FullName) || (onlyUpdates && !seen.ContainsKey(file.FullName))) next[file.FullName] = Mark(file);
                else if (seen.TryGetValue(file.FullName, out var known)) next[file.FullName] = known;
        }
        else
            foreach (var file in fresh) next[file.FullName] = Mark(file);
        var value = Data.Map((action is FileAction.None ? Seen : Leaving, next));
        if (Data.Write(value) != Data.Write(context.Memory.Value)) context.Memory.Keep(value);
    }

    /// <summary>The execution of this file is stored. A file that has changed since is news and stays.</summary>
    private void SendOff(TaskContext context, string folder, string path, string mark, FileAction action)
    {
        var file = new FileInfo(path);
        if (!file.Exists || Mark(file) != mark) return;
        if (action is FileAction.Delete) file.Delete();
        if (action is not FileAction.Move) return;
        var target = Path.Combine(context.Port<LocalFolders>().Resolve(context.Render(MoveDirectory) ?? ""), NameIn(folder, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        file.MoveTo(target, overwrite: true);
    }

    private static async Task<object?> StoreAsync(TaskContext context, string folder, FileInfo file, CancellationToken cancellation)
    {
        await using var content = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 65536, FileOptions.Asynchronous);
        return Data.Map(("name", file.Name), ("uri", await context.PutFileAsync(NameIn(folder, file), content, cancellation)), ("localPath", file.FullName), ("size", file.Length),
            ("lastModifiedDate", new DateTimeOffset(file.LastWriteTimeUtc).ToString("O")));
    }

    private static string NameIn(string folder, FileInfo file) => Path.GetRelativePath(folder, file.FullName).Replace('\\', '/');

    private static string Mark(FileInfo file) => $"{file.Length}@{file.LastWriteTimeUtc.Ticks}";

    private static IReadOnlyDictionary<string, object?> Marks(TaskContext context, string kind) =>
        context.Memory.Value.GetValueOrDefault(kind) as IReadOnlyDictionary<string, object?> ?? Data.Map();
}
