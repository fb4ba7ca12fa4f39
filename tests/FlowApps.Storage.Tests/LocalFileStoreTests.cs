using System.Text;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;
using FlowApps.Storage.Files;
using Shouldly;

namespace FlowApps.Storage.Tests;

public sealed class LocalFileStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string folder = Directory.CreateTempSubdirectory("flowapps-files-").FullName;
    private readonly LocalFileStore store;

    public LocalFileStoreTests() => store = new LocalFileStore(new StorageOptions { Data = folder });

    public void Dispose() => Directory.Delete(folder, true);

    [Fact]
    public async Task Put_is_found_listed_read_moved_and_deleted()
    {
        (await PutAsync("/acme/flow/out.txt", "hello")).ShouldBe("kestra:///acme/flow/out.txt");
        await PutAsync("/acme/flow/deep/x.bin", "x");
        store.Find("/acme/flow/out.txt")!.Size.ShouldBe(5);
        store.Find("/acme/flow")!.IsDirectory.ShouldBeTrue();
        store.Find("/acme/none").ShouldBeNull();
        (await ListAsync("/acme", true)).ShouldBe(["/acme/flow", "/acme/flow/deep", "/acme/flow/deep/x.bin", "/acme/flow/out.txt"]);
        (await ListAsync("/acme", false)).ShouldBe(["/acme/flow"]);
        (await ListAsync("/nowhere", true)).ShouldBeEmpty();
        await store.MoveAsync("/acme/flow", "/acme/moved/here", None);
        (await ReadAsync("/acme/moved/here/out.txt")).ShouldBe("hello");
        (await store.DeleteAsync("/acme/moved", None)).ShouldBe(["/acme/moved", "/acme/moved/here", "/acme/moved/here/deep", "/acme/moved/here/deep/x.bin", "/acme/moved/here/out.txt"]);
        (await store.DeleteAsync("/acme/moved", None)).ShouldBeEmpty();
        (await Should.ThrowAsync<RefusedException>(() => store.OpenAsync("/acme/moved", None))).Kind.ShouldBe(RefusalKind.NotFound);
        (await Should.ThrowAsync<RefusedException>(() => store.MoveAsync("/acme/moved", "/b", None))).Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public async Task File_whose_writer_died_is_not_seen_and_goes_when_it_is_old()
    {
        await PutAsync("/acme/whole.txt", "whole");
        var halves = Directory.CreateDirectory(Path.Combine(folder, "storage", StoragePath.HalfWritten)).FullName;
        var (old, young) = (Path.Combine(halves, ".~old"), Path.Combine(halves, ".~young"));
        await File.WriteAllTextAsync(old, "ha");
        await File.WriteAllTextAsync(young, "hal");
        File.SetLastWriteTimeUtc(old, Sample.Now.UtcDateTime.AddSeconds(-1));
        File.SetLastWriteTimeUtc(young, Sample.Now.UtcDateTime.AddSeconds(1));
        (await ListAsync("/", true)).ShouldBe(["/acme", "/acme/whole.txt"]);
        await store.PurgeHalfWrittenAsync(Sample.Now, None);
        Directory.GetFiles(halves).ShouldBe([young]);
    }

    [Theory]
    [InlineData("relative")]
    [InlineData("/a/../../etc/passwd")]
    [InlineData("/..")]
    [InlineData("/a/./b")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a\0b")]
    [InlineData("/a\nb")]
    [InlineData("/a/.~hidden")]
    public async Task Evil_path_is_refused_everywhere(string path)
    {
        (await Should.ThrowAsync<RefusedException>(() => PutAsync(path, "x"))).Kind.ShouldBe(RefusalKind.Invalid);
        Should.Throw<RefusedException>(() => store.Open(path)).Kind.ShouldBe(RefusalKind.Invalid);
        Should.Throw<RefusedException>(() => store.Find(path)).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => store.DeleteAsync(path, None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => store.CreateDirectoryAsync(path, None))).Kind.ShouldBe(RefusalKind.Invalid);
        (await Should.ThrowAsync<RefusedException>(() => ListAsync(path, true))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Name_that_is_no_unicode_text_is_refused() => (await Should.ThrowAsync<RefusedException>(() => PutAsync("/a/\ud800", "x"))).Kind.ShouldBe(RefusalKind.Invalid);

    [Fact]
    public async Task Long_name_counts_in_bytes()
    {
        await PutAsync("/" + new string('é', 127), "fits");
        (await Should.ThrowAsync<RefusedException>(() => PutAsync("/" + new string('é', 128), "too long"))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    [Fact]
    public async Task Link_out_of_the_root_is_not_followed()
    {
        await PutAsync("/acme/a.txt", "a");
        Directory.CreateSymbolicLink(Path.Combine(folder, "storage", "acme", "out"), "/etc");
        File.CreateSymbolicLink(Path.Combine(folder, "storage", "acme", "passwd"), "/etc/passwd");
        Should.Throw<RefusedException>(() => store.Open("/acme/out/passwd"));
        Should.Throw<RefusedException>(() => store.Open("/acme/passwd"));
        await Should.ThrowAsync<RefusedException>(() => PutAsync("/acme/out/new", "x"));
        (await ListAsync("/acme", true)).ShouldBe(["/acme/a.txt"]);
    }

    [Fact]
    public async Task Broken_upload_leaves_nothing_and_keeps_what_was_there()
    {
        await PutAsync("/acme/a.txt", "old");
        await Should.ThrowAsync<RefusedException>(() => store.PutAsync("/acme/a.txt", new BreakingStream(), None));
        await Should.ThrowAsync<RefusedException>(() => store.PutAsync("/acme/new.txt", new BreakingStream(), None));
        (await ReadAsync("/acme/a.txt")).ShouldBe("old");
        Directory.GetFileSystemEntries(Path.Combine(folder, "storage", "acme")).Select(Path.GetFileName).ShouldBe(["a.txt"]);
    }

    [Fact]
    public async Task File_and_directory_do_not_replace_each_other()
    {
        await PutAsync("/acme/file", "x");
        await store.CreateDirectoryAsync("/acme/folder", None);
        (await Should.ThrowAsync<RefusedException>(() => PutAsync("/acme/folder", "x"))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => store.CreateDirectoryAsync("/acme/file", None))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => store.MoveAsync("/acme/file", "/acme/folder", None))).Kind.ShouldBe(RefusalKind.Conflict);
        (await Should.ThrowAsync<RefusedException>(() => store.MoveAsync("/acme", "/acme/inner", None))).Kind.ShouldBe(RefusalKind.Invalid);
    }

    private async Task<string> PutAsync(string path, string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await store.PutAsync(path, content, None);
    }

    private async Task<string> ReadAsync(string path)
    {
        using var reader = new StreamReader(await store.OpenAsync(path, None));
        return await reader.ReadToEndAsync();
    }

    private async Task<List<string>> ListAsync(string path, bool recursive)
    {
        var paths = new List<string>();
        await foreach (StoredFile file in store.ListAsync(path, recursive, None)) paths.Add(file.Path);
        return paths;
    }

    /// <summary>Gives some bytes, then fails, as a broken connection does.</summary>
    private sealed class BreakingStream : MemoryStream
    {
        private bool gave;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (gave) throw new IOException("The connection broke.");
            gave = true;
            buffer.Span[..10].Clear();
            return new(10);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => Copy(destination, cancellationToken);

        private async Task Copy(Stream destination, CancellationToken cancellation)
        {
            var buffer = new byte[16];
            while (true) await destination.WriteAsync(buffer.AsMemory(0, await ReadAsync(buffer, cancellation)), cancellation);
        }
    }
}
