using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Files;
using FlowApps.Plugins.Tasks.Namespaces;
using FlowApps.Testing.Files;

namespace FlowApps.Plugins.Tests.Files;

public sealed class DirectoryTransferTests : IDisposable
{
    private readonly TaskContextFake context = new(("who", "world"), ("taskrun", Data.Map(("value", "loop 1"))));
    private readonly DirectoryTransfer transfer = new();

    public DirectoryTransferTests() => context.With<INamespaceFileStore>(new FolderNamespaceFiles(context.Files));

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Input_files_come_as_text_stored_files_and_namespace_files()
    {
        await UploadAsync("lib/tool.sh", "a tool");
        var inputs = Data.Map(("{{ who }}.txt", "Hello {{ who }}"), ("stored.txt", await context.StoreAsync("s.txt", "stored")), ("tool.sh", "nsfile:///lib/tool.sh"), ("data.json", Data.Map(("a", 1))));
        await transfer.PrepareAsync(context, inputs, null, null, CancellationToken.None);
        Assert.Equal(["Hello world", "stored", "a tool", """{"a":1}"""], [Local("world.txt"), Local("stored.txt"), Local("tool.sh"), Local("data.json")]);
        await transfer.PrepareAsync(context, """{"json.txt": "from text"}""", null, null, CancellationToken.None);
        Assert.Equal("from text", Local("json.txt"));
    }

    [Fact]
    public async Task Namespace_files_come_by_patterns()
    {
        foreach (var name in new[] { "a.py", "lib/b.py", "lib/secret.py", "notes.md" }) await UploadAsync(name, name);
        var wanted = new NamespaceFiles { Include = new(new List<object?> { "*.py" }), Exclude = new(new List<object?> { "secret*" }) };
        await transfer.PrepareAsync(context, null, wanted, null, CancellationToken.None);
        Assert.Equal(["a.py", "lib/b.py"], WorkingFiles.All(context.WorkingDirectory).Select(file => file.Name));
        await transfer.PrepareAsync(context, null, new NamespaceFiles { Enabled = new(false) }, null, CancellationToken.None);
        Assert.False(File.Exists(Path.Combine(context.WorkingDirectory, "notes.md")));
    }

    [Fact]
    public async Task Collected_files_keep_their_relative_names()
    {
        Directory.CreateDirectory(Path.Combine(context.WorkingDirectory, "out"));
        await File.WriteAllTextAsync(Path.Combine(context.WorkingDirectory, "out", "a.txt"), "A");
        var files = await transfer.CollectAsync(context, new List<object?> { "out/*" }, null, CancellationToken.None);
        Assert.Equal("A", await context.ReadAsync(files["out/a.txt"]));
    }

    [Fact]
    public async Task Kept_files_are_there_for_the_next_run_until_they_are_too_old()
    {
        var cache = new DirectoryCache { Ttl = TimeSpan.FromMinutes(5), Patterns = ["**/*.txt"] };
        await transfer.PrepareAsync(context, Data.Map(("in/hello.txt", "kept")), null, cache, CancellationToken.None);
        await transfer.CollectAsync(context, null, cache, CancellationToken.None);
        Directory.Delete(context.WorkingDirectory, recursive: true);

        await transfer.PrepareAsync(context, null, null, cache, CancellationToken.None);
        Assert.Equal("kept", Local("in/hello.txt"));
        Directory.Delete(context.WorkingDirectory, recursive: true);

        await transfer.PrepareAsync(context, null, null, cache with { Ttl = TimeSpan.FromTicks(-1) }, CancellationToken.None);
        Assert.Empty(WorkingFiles.All(context.WorkingDirectory));
        Assert.Null(context.Files.Find(FilePaths.Cache("company.team", "flow", "task", "loop 1")));
    }

    [Fact]
    public async Task Namespace_tasks_upload_download_and_delete()
    {
        var upload = new UploadFiles { Id = "t", Type = "core.namespace.UploadFiles", Namespace = "company.team", FilesMap = new(Data.Map(("a.txt", "A"))), Destination = "/docs" };
        Assert.Equal(["/docs/a.txt"], Files(await upload.RunAsync(context, CancellationToken.None)).Keys);
        Assert.Empty(Files(await (upload with { Conflict = "SKIP" }).RunAsync(context, CancellationToken.None)));
        await Assert.ThrowsAsync<TaskFailedException>(() => (upload with { Conflict = "ERROR" }).RunAsync(context, CancellationToken.None).AsTask());

        var download = new DownloadFiles { Id = "t", Type = "core.namespace.DownloadFiles", Namespace = "company.team", Files = "*.txt" };
        Assert.Equal("A", await context.ReadAsync(Files(await download.RunAsync(context, CancellationToken.None))["/docs/a.txt"]));

        var delete = new DeleteFiles { Id = "t", Type = "core.namespace.DeleteFiles", Namespace = "company.team", Files = new(new List<object?> { "/docs/**" }) };
        Assert.Equal(["/docs/a.txt"], (IReadOnlyList<object?>)(await delete.RunAsync(context, CancellationToken.None)).Outputs!["files"]!);
        Assert.Empty(Files(await download.RunAsync(context, CancellationToken.None)));
    }

    private static IReadOnlyDictionary<string, object?> Files(TaskOutcome outcome) => (IReadOnlyDictionary<string, object?>)outcome.Outputs!["files"]!;

    private string Local(string name) => File.ReadAllText(Path.Combine(context.WorkingDirectory, name));

    private async Task UploadAsync(string name, string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        await context.Port<INamespaceFileStore>().PutAsync("company.team", name, content, CancellationToken.None);
    }
}
