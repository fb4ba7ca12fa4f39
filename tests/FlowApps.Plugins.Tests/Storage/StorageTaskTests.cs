using FlowApps.Domain.Files;
using FlowApps.Plugins.Tasks.Storage;

namespace FlowApps.Plugins.Tests.Storage;

public sealed class StorageTaskTests : IDisposable
{
    private readonly TaskContextFake context = new();

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Concat_writes_the_separator_after_every_file()
    {
        var (a, b) = (await context.StoreAsync("a.txt", "A"), await context.StoreAsync("b.txt", "B"));
        foreach (object files in new object[] { new List<object?> { a, b }, $"""["{a}", "{b}"]""" })
        {
            var outputs = await RunAsync(new Concat { Id = "t", Type = "core.storage.Concat", Files = new(files), Separator = "\n", Extension = ".csv" });
            Assert.EndsWith(".csv", (string)outputs["uri"]!, StringComparison.Ordinal);
            Assert.Equal("A\nB\n", await context.ReadAsync(outputs["uri"]));
        }
    }

    [Fact]
    public async Task Deduplicate_keeps_the_last_item_of_each_key_in_file_order()
    {
        var from = await context.StoreAsync("items.ion", """
            {"key":"k1","value":1}
            {key:"k2",value:1}
            {"key":"k1","value":2}

            {"key":"k3","value":null}
            """);
        var outputs = await RunAsync(new DeduplicateItems { Id = "t", Type = "core.storage.DeduplicateItems", From = from, Expr = " {{ key }} " });
        Assert.Equal((3, 4L, 1L), (outputs["numKeys"], outputs["processedItemsTotal"], outputs["droppedItemsTotal"]));
        Assert.Equal("{key:\"k2\",value:1}\n{\"key\":\"k1\",\"value\":2}\n{\"key\":\"k3\",\"value\":null}\n", await context.ReadAsync(outputs["uri"]));
    }

    [Theory]
    [InlineData("INCLUDE", "INCLUDE", "2,x,4")]
    [InlineData("INCLUDE", "EXCLUDE", "2,4")]
    [InlineData("EXCLUDE", "INCLUDE", "1,x,3")]
    [InlineData("EXCLUDE", "EXCLUDE", "1,3")]
    public async Task Filter_keeps_or_drops_what_meets_the_condition(string type, string unsure, string kept)
    {
        var outputs = await RunAsync(await FilterAsync() with { FilterType = type, ErrorOrNullBehavior = unsure });
        var values = (await context.ReadAsync(outputs["uri"])).Trim().Split('\n').Select(line => ((IReadOnlyDictionary<string, object?>)Data.Parse(line)!)["v"]);
        Assert.Equal(kept, string.Join(',', values));
        Assert.Equal(5L - kept.Split(',').Length, outputs["droppedItemsTotal"]);
    }

    [Fact]
    public async Task Filter_stops_at_an_item_its_condition_fails_on()
    {
        var failure = await Assert.ThrowsAsync<TaskFailedException>(async () => await RunAsync(await FilterAsync()));
        Assert.Contains("item 3", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delete_says_whether_there_was_something_and_stays_within_the_namespace()
    {
        var uri = await context.StoreAsync("a.txt", "A");
        var delete = new Delete { Id = "t", Type = "core.storage.Delete", Uri = uri };
        Assert.Equal(true, (await RunAsync(delete))["deleted"]);
        Assert.Equal(false, (await RunAsync(delete))["deleted"]);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(delete with { ErrorOnMissing = new(true) }));
        foreach (var other in new[] { "kestra:///company/teams/a.txt", "kestra:///company/team/../other/a.txt", "file:///etc/passwd" })
            await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(delete with { Uri = other }));
    }

    [Theory]
    [InlineData("1\n2\n3\n", "\n", "3\n2\n1\n")]
    [InlineData("1\n2\n3", "\n", "3\n2\n1\n")]
    [InlineData("a--b----c--", "--", "c----b--a--")]
    [InlineData("", "\n", "")]
    [InlineData("\n", "\n", "\n")]
    public async Task Reverse_turns_the_rows_around(string text, string separator, string expected)
    {
        var outputs = await RunAsync(new Reverse { Id = "t", Type = "core.storage.Reverse", From = await context.StoreAsync("a.csv", text), Separator = separator });
        Assert.Equal(expected, await context.ReadAsync(outputs["uri"]));
        Assert.EndsWith(".csv", (string)outputs["uri"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reverse_twice_is_the_same_file_beyond_one_block()
    {
        var text = string.Concat(Enumerable.Range(0, 60_000).Select(n => new string('x', n % 97) + n + "\r\n")) + new string('y', 300_000) + "\r\n";
        var reverse = new Reverse { Id = "t", Type = "core.storage.Reverse", From = await context.StoreAsync("a.txt", text), Separator = "\r\n" };
        var once = (string)(await RunAsync(reverse))["uri"]!;
        Assert.StartsWith("yyy", await context.ReadAsync(once), StringComparison.Ordinal);
        Assert.Equal(text, await context.ReadAsync((await RunAsync(reverse with { From = once }))["uri"]));
    }

    [Fact]
    public async Task Size_counts_bytes() =>
        Assert.Equal(5L, (await RunAsync(new Size { Id = "t", Type = "core.storage.Size", Uri = await context.StoreAsync("a.txt", "äbc\n") }))["size"]);

    [Fact]
    public async Task Split_by_bytes_closes_a_part_once_it_is_full()
    {
        var parts = await SplitAsync(split => split with { Bytes = "1KB" }, Lines(12288));
        Assert.Equal(251, parts.Count);
        Assert.Equal(Lines(12288), string.Concat(parts));
    }

    [Fact]
    public async Task Split_by_rows_keeps_the_rows_together_and_in_order()
    {
        var parts = await SplitAsync(split => split with { Rows = new(10) }, Lines(95) + "end");
        Assert.Equal(10, parts.Count);
        Assert.Equal(Lines(95) + "end", string.Concat(parts));
    }

    [Fact]
    public async Task Split_by_partitions_deals_rows_out_in_turn()
    {
        Assert.Equal(["1\n4\n", "2\n5\n", "3\n"], await SplitAsync(split => split with { Partitions = new(3) }, "1\n2\n3\n4\n5\n"));
        Assert.Equal(["1;", "2;"], await SplitAsync(split => split with { Partitions = new(8), Separator = ";" }, "1;2;"));
    }

    [Fact]
    public async Task Split_needs_to_know_how()
    {
        await Assert.ThrowsAsync<TaskFailedException>(() => SplitAsync(split => split, "a"));
        await Assert.ThrowsAsync<TaskFailedException>(() => SplitAsync(split => split with { Bytes = "many" }, "a"));
        await Assert.ThrowsAsync<TaskFailedException>(() => SplitAsync(split => split with { Rows = new(0) }, "a"));
    }

    [Fact]
    public async Task Write_stores_text_and_data()
    {
        Assert.Equal("""{"a":1}""", await context.ReadAsync((await RunAsync(new Write { Id = "t", Type = "core.storage.Write", Content = new(Data.Map(("a", 1))) }))["uri"]));
        Assert.EndsWith(".txt", (string)(await RunAsync(new Write { Id = "t", Type = "core.storage.Write", Content = "x", Extension = "txt" }))["uri"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LocalFiles_writes_and_stores()
    {
        var task = new LocalFiles { Id = "t", Type = "core.storage.LocalFiles", Inputs = Data.Map(("out/a.txt", await context.StoreAsync("s.txt", "stored"))), Outputs = new(new List<object?> { "out/*" }) };
        var uris = (IReadOnlyDictionary<string, object?>)(await RunAsync(task))["uris"]!;
        Assert.Equal(["out/a.txt"], uris.Keys);
        Assert.Equal("stored", await context.ReadAsync(uris["out/a.txt"]));
        Assert.Empty((IReadOnlyDictionary<string, object?>)(await RunAsync(task with { Inputs = null, Outputs = "missing*" }))["uris"]!);
    }

    [Fact]
    public async Task Purging_removes_every_file_of_the_execution()
    {
        var uri = await context.StoreAsync("a.txt", "A");
        var outputs = await RunAsync(new PurgeCurrentExecutionFiles { Id = "t", Type = "core.storage.PurgeCurrentExecutionFiles" });
        Assert.Contains(uri, (IReadOnlyList<object?>)outputs["uris"]!);
        Assert.Null(context.Files.Find(FilePaths.FromUri(uri)!));
        Assert.Empty((IReadOnlyList<object?>)(await RunAsync(new PurgeCurrentExecutionFiles { Id = "t", Type = "core.storage.PurgeCurrentExecutionFiles" }))["uris"]!);
    }

    [Fact]
    public async Task No_task_leaves_anything_in_the_working_directory()
    {
        await SplitAsync(split => split with { Rows = new(1) }, "1\n2\n");
        Assert.Empty(Directory.EnumerateFiles(context.WorkingDirectory, "*", SearchOption.AllDirectories));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(n => $"{n,20}\n"));

    private async Task<FilterItems> FilterAsync() => new()
    {
        Id = "t",
        Type = "core.storage.FilterItems",
        FilterCondition = " {{ v % 2 == 0 }} ",
        From = await context.StoreAsync("items.ion", "{\"v\":1}\n{\"v\":2}\n{\"v\":\"x\"}\n{\"v\":3}\n{\"v\":4}"),
    };

    private async Task<List<string>> SplitAsync(Func<Split, Split> how, string text)
    {
        var split = how(new Split { Id = "t", Type = "core.storage.Split", From = await context.StoreAsync("rows.txt", text) });
        var parts = new List<string>();
        foreach (var uri in (IReadOnlyList<object?>)(await RunAsync(split))["uris"]!) parts.Add(await context.ReadAsync(uri));
        return parts;
    }

    private async Task<IReadOnlyDictionary<string, object?>> RunAsync(RunnableTask task) => (await task.RunAsync(context, CancellationToken.None)).Outputs!;
}
