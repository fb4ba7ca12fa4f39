using FlowApps.Domain.Triggers;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Triggers.Files;

namespace FlowApps.Plugins.Tests.Triggers;

/// <summary>Triggers on files of this computer, with real files.</summary>
public sealed class FileSourceTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("flowapps-local-").FullName;

    private string Inbox => Directory.CreateDirectory(Path.Combine(root, "inbox")).FullName;

    private string Done => Path.Combine(root, "done");

    private string Log => Path.Combine(root, "app.log");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task New_files_are_found_once_and_again_when_they_changed()
    {
        var trigger = new FileTrigger { Id = "t", Type = "fs.Trigger", From = Inbox, Glob = "*.csv" };
        using var context = Context();
        Assert.Null(await trigger.EvaluateAsync(context, default));
        Write("a.csv", "1");
        Write("b.txt", "not wanted");
        Assert.Equal(["a.csv"], Names(await trigger.EvaluateAsync(context, default)));
        Assert.Null(await trigger.EvaluateAsync(context, default));
        Write("a.csv", "1, 2");
        var again = await trigger.EvaluateAsync(context, default);
        var file = (IReadOnlyDictionary<string, object?>)((IReadOnlyList<object?>)again!["files"]!)[0]!;
        Assert.Equal("1, 2", await context.ReadAsync(file["uri"]));
    }

    [Fact]
    public async Task What_was_found_is_found_again_when_its_execution_was_not_stored()
    {
        var trigger = new FileTrigger { Id = "t", Type = "fs.Trigger", From = Inbox, Action = "MOVE", MoveDirectory = Done };
        Write("a.csv", "1");
        using (var crashed = Context()) Assert.Equal(["a.csv"], Names(await trigger.EvaluateAsync(crashed, default)));
        using var context = Context();
        Assert.Equal(["a.csv"], Names(await trigger.EvaluateAsync(context, default)));
        Assert.True(File.Exists(Path.Combine(Inbox, "a.csv")));
        Assert.Null(await trigger.EvaluateAsync(context, default));
        Assert.False(File.Exists(Path.Combine(Inbox, "a.csv")));
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(Done, "a.csv")));
    }

    [Fact]
    public async Task File_that_changed_since_it_was_handed_over_is_not_deleted_but_found_again()
    {
        var trigger = new FileTrigger { Id = "t", Type = "fs.Trigger", From = Inbox, Action = "DELETE" };
        using var context = Context();
        Write("a.csv", "half");
        Assert.NotNull(await trigger.EvaluateAsync(context, default));
        Write("a.csv", "half and half");
        Assert.Equal(["a.csv"], Names(await trigger.EvaluateAsync(context, default)));
        Assert.Null(await trigger.EvaluateAsync(context, default));
        Assert.Empty(Directory.GetFiles(Inbox));
    }

    [Fact]
    public async Task Files_beyond_the_limit_come_with_the_next_look()
    {
        var trigger = new FileTrigger { Id = "t", Type = "fs.Trigger", From = Inbox, MaxFiles = new(2) };
        using var context = Context();
        foreach (var name in new[] { "a", "b", "c" }) Write(name, name);
        Assert.Equal(["a", "b"], Names(await trigger.EvaluateAsync(context, default)));
        Assert.Equal(["c"], Names(await trigger.EvaluateAsync(context, default)));
    }

    [Theory]
    [InlineData("/etc")]
    [InlineData("relative")]
    [InlineData("{root}/inbox/../../")]
    [InlineData("{root}/link")]
    [InlineData("{root}/data/pg")]
    [InlineData("{root}-beside")]
    public async Task Folders_that_the_installation_does_not_name_are_refused(string folder)
    {
        Directory.CreateSymbolicLink(Path.Combine(root, "link"), "/etc");
        using var context = Context();
        var trigger = new FileTrigger { Id = "t", Type = "fs.Trigger", From = folder.Replace("{root}", root, StringComparison.Ordinal) };
        var refusal = await Assert.ThrowsAsync<TaskFailedException>(async () => await trigger.EvaluateAsync(context, default));
        Assert.Contains(folder == "relative" ? "absolute" : "FlowApps:LocalFolders", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_setting_only_the_folder_for_it_is_open()
    {
        var folders = new LocalFolders(Path.Combine(root, "data"), []);
        Assert.Equal(Path.Combine(root, "data", "local", "a"), folders.Resolve(Path.Combine(root, "data", "local", "a")));
        Assert.Throws<TaskFailedException>(() => folders.Resolve(Path.Combine(root, "data", "storage")));
        Assert.Throws<TaskFailedException>(() => folders.Resolve(root));
    }

    [Fact]
    public async Task Tail_begins_at_the_end_and_tells_each_added_line()
    {
        await File.WriteAllTextAsync(Log, "old\n");
        using var context = Context();
        var saved = new TaskCompletionSource();
        using var watched = Context(new TriggerMemory(null, (_, _) =>
        {
            saved.TrySetResult();
            return Task.CompletedTask;
        }));
        await using var tail = new Listening(Tail("END"), watched);
        await saved.Task;
        await File.AppendAllTextAsync(Log, "one\ntw");
        Assert.Equal("one", (await tail.NextAsync())["line"]);
        await File.AppendAllTextAsync(Log, "o\r\n");
        var second = await tail.NextAsync();
        Assert.Equal(("two", 8L), (second["line"], second["position"]));
    }

    [Fact]
    public async Task Tail_goes_on_where_it_was_after_restarts_and_rotations()
    {
        await File.WriteAllTextAsync(Log, "1\n2\n");
        using var first = Context();
        IReadOnlyDictionary<string, object?> stored;
        await using (var tail = new Listening(Tail("BEGINNING"), first))
        {
            Assert.Equal("1", (await tail.NextAsync())["line"]);
            Assert.Equal("2", (await tail.NextAsync())["line"]);
            stored = tail.Stored;
        }
        await File.AppendAllTextAsync(Log, "3\n");
        File.Move(Log, Log + ".2");
        await File.WriteAllTextAsync(Log, "4\n");
        File.SetLastWriteTimeUtc(Log + ".2", DateTime.UtcNow.AddMinutes(-2));
        File.Move(Log, Log + ".1");
        File.SetLastWriteTimeUtc(Log + ".1", DateTime.UtcNow.AddMinutes(-1));
        await File.WriteAllTextAsync(Log, "5\n");
        using var second = Context(new TriggerMemory((IReadOnlyDictionary<string, object?>)Data.Parse(Data.Write(stored))!));
        await using var again = new Listening(Tail("END"), second);
        foreach (var line in new[] { "3", "4", "5" }) Assert.Equal(line, (await again.NextAsync())["line"]);
        File.Move(Log, Log + ".0");
        await File.AppendAllTextAsync(Log + ".0", "6 by a writer that has not noticed\n");
        Assert.StartsWith("6", (string)(await again.NextAsync())["line"]!, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Log, "7\n");
        Assert.Equal("7", (await again.NextAsync())["line"]);
        Assert.False(again.HasMore);
    }

    [Fact]
    public async Task Tail_reads_a_file_that_was_cut_from_its_beginning()
    {
        await File.WriteAllTextAsync(Log, "a long first line\n");
        using var context = Context();
        await using var tail = new Listening(Tail("BEGINNING"), context);
        await tail.NextAsync();
        await File.WriteAllTextAsync(Log, "cut\n");
        Assert.Equal("cut", (await tail.NextAsync())["line"]);
        Assert.Contains(context.Lines, line => line.Message.Contains("replaced or cut", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tail_tells_only_lines_in_which_the_pattern_is_found()
    {
        await File.WriteAllTextAsync(Log, "INFO a\nERROR b\nINFO c\nERROR d\n");
        using var context = Context();
        await using var tail = new Listening(Tail("BEGINNING") with { Pattern = "^ERROR" }, context);
        Assert.Equal("ERROR b", (await tail.NextAsync())["line"]);
        Assert.Equal("ERROR d", (await tail.NextAsync())["line"]);
    }

    private FileTail Tail(string from) => new() { Id = "t", Type = "fs.Tail", Path = Log, From = from };

    private TaskContextFake Context(TriggerMemory? memory = null)
    {
        var context = new TaskContextFake { Memory = memory ?? new TriggerMemory() };
        return context.With(new LocalFolders(Path.Combine(root, "data"), [root]));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Inbox, name), text);

    private static IEnumerable<object?> Names(IReadOnlyDictionary<string, object?>? found) =>
        ((IReadOnlyList<object?>)found!["files"]!).Select(file => ((IReadOnlyDictionary<string, object?>)file!)["name"]);
}
