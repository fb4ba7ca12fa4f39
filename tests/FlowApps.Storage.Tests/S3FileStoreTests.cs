using System.Text;
using FlowApps.Domain.Problems;
using FlowApps.Storage.Files;
using FlowApps.Storage.Namespaces;
using FlowApps.Testing.Servers;
using Shouldly;

namespace FlowApps.Storage.Tests;

/// <summary>The same port as the folder on the disk, in a bucket of a store that checks every signature.</summary>
public sealed class S3FileStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly S3Server server = new();
    private readonly S3FileStore store;

    public S3FileStoreTests() => store = new S3FileStore(new S3Options("files") { Endpoint = server.Address.ToString(), AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey, Prefix = "flowapps/" });

    public void Dispose()
    {
        store.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task Put_is_found_listed_read_moved_and_deleted()
    {
        (await PutAsync("/acme/flow/out.txt", "hello")).ShouldBe("kestra:///acme/flow/out.txt");
        server.Text("files", "flowapps/acme/flow/out.txt").ShouldBe("hello");
        await PutAsync("/acme/flow/deep/x.bin", "x");
        store.Find("/acme/flow/out.txt")!.Size.ShouldBe(5);
        store.Find("/acme/flow")!.IsDirectory.ShouldBeTrue();
        store.Find("/acme/none").ShouldBeNull();
        store.Find("/acme/flow/out").ShouldBeNull();
        (await ListAsync("/acme", true)).ShouldBe(["/acme/flow", "/acme/flow/deep", "/acme/flow/deep/x.bin", "/acme/flow/out.txt"]);
        (await ListAsync("/acme", false)).ShouldBe(["/acme/flow"]);
        (await ListAsync("/nowhere", true)).ShouldBeEmpty();
        await store.MoveAsync("/acme/flow", "/acme/moved/here", None);
        (await ReadAsync("/acme/moved/here/out.txt")).ShouldBe("hello");
        (await store.DeleteAsync("/acme/moved", None)).ShouldBe(["/acme/moved", "/acme/moved/here", "/acme/moved/here/deep", "/acme/moved/here/deep/x.bin", "/acme/moved/here/out.txt"]);
        server.Objects.ShouldBeEmpty();
        (await store.DeleteAsync("/acme/moved", None)).ShouldBeEmpty();
        (await Should.ThrowAsync<RefusedException>(() => store.OpenAsync("/acme/moved", None))).Kind.ShouldBe(RefusalKind.NotFound);
        (await Should.ThrowAsync<RefusedException>(() => store.MoveAsync("/acme/moved", "/b", None))).Kind.ShouldBe(RefusalKind.NotFound);
        server.Refused.ShouldBe(0);
    }

    [Fact]
    public async Task Folders_without_files_and_long_lists_are_there()
    {
        await store.CreateDirectoryAsync("/acme/empty", None);
        store.Find("/acme/empty")!.IsDirectory.ShouldBeTrue();
        (await ListAsync("/acme/empty", true)).ShouldBeEmpty();
        foreach (var number in Enumerable.Range(0, 1100)) server.Put("files", $"flowapps/many/{number:0000}", "x");
        (await ListAsync("/many", true)).Count.ShouldBe(1100);
        (await Should.ThrowAsync<RefusedException>(() => PutAsync("/acme/empty", "x"))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => store.CreateDirectoryAsync("/many/0001", None))).Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../../etc/passwd")]
    [InlineData("/a/./b")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a\0b")]
    [InlineData("/a/.~hidden")]
    public async Task Evil_path_is_refused_everywhere(string path)
    {
        (await Should.ThrowAsync<RefusedException>(() => PutAsync(path, "x"))).Kind.ShouldBe(RefusalKind.Invalid);
        Should.Throw<RefusedException>(() => store.Open(path)).Kind.ShouldBe(RefusalKind.Invalid);
        Should.Throw<RefusedException>(() => store.Find(path)).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => store.DeleteAsync(path, None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => ListAsync(path, true))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Files_of_namespaces_keep_their_revisions_in_a_bucket_too()
    {
        var files = new NamespaceFileStore(store);
        await files.PutAsync("acme.team", "sql/q.sql", Bytes("one"), None);
        await files.PutAsync("acme.team", "sql/q.sql", Bytes("two"), None);
        (await files.RevisionsAsync("acme.team", "sql/q.sql", None)).Select(kept => kept.Revision).ShouldBe([1, 2]);
        using var reader = new StreamReader(files.Open("acme.team", "sql/q.sql", 1));
        (await reader.ReadToEndAsync()).ShouldBe("one");
        (await files.ListAsync("acme.team", "", true, None)).Select(file => file.Path).ShouldBe(["/sql", "/sql/q.sql"]);
    }

    [Fact]
    public async Task Store_that_refuses_is_unavailable_not_empty()
    {
        using var stranger = new S3FileStore(new S3Options("files") { Endpoint = server.Address.ToString(), AccessKey = S3Server.AccessKey, SecretKey = "wrong" });
        (await Should.ThrowAsync<RefusedException>(() => stranger.FindAsync("/a", None))).Kind.ShouldBe(RefusalKind.Unavailable);
    }

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private Task<string> PutAsync(string path, string text) => store.PutAsync(path, Bytes(text), None);

    private async Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(await store.OpenAsync(path, None));
        return await reader.ReadToEndAsync();
    }

    private async Task<List<string>> ListAsync(string path, bool recursive) => await store.ListAsync(path, recursive, None).Select(file => file.Path).ToListAsync();
}
