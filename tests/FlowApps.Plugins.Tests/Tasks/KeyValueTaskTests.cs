using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Tasks.KeyValues;
using FlowApps.Testing.Documents;
using FlowApps.Testing.Namespaces;
using StateDelete = FlowApps.Plugins.Tasks.States.Delete;
using StateGet = FlowApps.Plugins.Tasks.States.Get;
using StateSet = FlowApps.Plugins.Tasks.States.Set;

namespace FlowApps.Plugins.Tests.Tasks;

public sealed class KeyValueTaskTests : IDisposable
{
    private readonly TaskContextFake context = new(("map", Data.Map(("int", 1), ("text", "x"))), ("inc", 1), ("taskrun", Data.Map(("value", "loop"))));
    private readonly MemoryKvStore store = new(TimeProvider.System);

    public KeyValueTaskTests() => context.With<IKvStore>(store).With<IFlowStore>(new OneNamespace("elsewhere.team"))
        .With<IDocumentStore>(new MemoryDocumentStore(TimeProvider.System));

    public void Dispose() => context.Dispose();

    [Fact]
    public async Task Set_keeps_the_type_of_a_lone_expression()
    {
        await RunAsync(Set("{{ map }}"));
        Assert.Equal("""{"int":1,"text":"x"}""", Data.Write((await RunAsync(Get()))["value"]));
    }

    public static TheoryData<string, string, object> Typed => new()
    {
        { "BOOLEAN", "true", true },
        { "NUMBER", "4.5", 4.5 },
        { "NUMBER", "7", 7 },
        { "STRING", "7", "7" },
        { "DATETIME", "2023-05-02T01:02:03Z", new DateTimeOffset(2023, 5, 2, 1, 2, 3, TimeSpan.Zero) },
        { "DATE", "2023-05-02", new DateOnly(2023, 5, 2) },
        { "DURATION", "P1DT5S", TimeSpan.FromSeconds(86405) },
    };

    [Theory]
    [MemberData(nameof(Typed))]
    public async Task Set_reads_the_value_as_the_wanted_type(string type, string text, object expected)
    {
        await RunAsync(Set(text) with { KvType = type });
        Assert.Equal(expected, (await store.FindAsync("company.team", "key", CancellationToken.None))!.Value);
    }

    [Fact]
    public async Task Set_refuses_to_overwrite_when_told_so()
    {
        await RunAsync(Set("one"));
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Set("two") with { Overwrite = new(false) }));
        Assert.Equal("Cannot set value for key 'key'. Key already exists and `overwrite` is set to `false`.", failure.Message);
    }

    [Theory]
    [InlineData("company", true)]
    [InlineData("elsewhere", true)]
    [InlineData("elsewhere.team", true)]
    [InlineData("compan", false)]
    [InlineData("nowhere", false)]
    public async Task Set_reaches_namespaces_that_exist(string ns, bool allowed)
    {
        var set = Set("x") with { Namespace = ns };
        if (allowed) await RunAsync(set);
        else await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(set));
        Assert.Equal(allowed, store.Find(ns, "key", inherit: false) is not null);
    }

    [Fact]
    public async Task Get_looks_above_the_namespace_unless_it_is_named()
    {
        await RunAsync(Set("above") with { Namespace = "company" });
        Assert.Equal("above", (await RunAsync(Get()))["value"]);
        Assert.Null((await RunAsync(Get() with { Namespace = "company.team" }))["value"]);
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(Get() with { Namespace = "company.team", ErrorOnMissing = new(true) }));
        Assert.Equal("No value found for key 'key' in namespace 'company.team' and `errorOnMissing` is set to true", failure.Message);
    }

    [Fact]
    public async Task Keys_are_listed_by_prefix_and_deleted_once()
    {
        foreach (var key in new[] { "test-1", "test-2", "other" }) await RunAsync(Set("x") with { Key = key });
        Assert.Equal(["test-1", "test-2"], ((IReadOnlyList<object?>)(await RunAsync(new GetKeys { Id = "t", Type = "core.kv.GetKeys", Prefix = "test" }))["keys"]!).Order());
        var delete = new Delete { Id = "t", Type = "core.kv.Delete", Key = "other" };
        Assert.Equal(true, (await RunAsync(delete))["deleted"]);
        Assert.Equal(false, (await RunAsync(delete))["deleted"]);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(delete with { ErrorOnMissing = new(true) }));
    }

    [Fact]
    public async Task Purge_removes_expired_values_or_all_that_match()
    {
        await RunAsync(Set("x") with { Key = "old", Ttl = "PT0S" });
        await RunAsync(Set("x") with { Key = "keep" });
        await RunAsync(Set("x") with { Key = "tmp-1" });
        var purge = new PurgeKv { Id = "t", Type = "core.kv.PurgeKV" };
        Assert.Equal(1, (await RunAsync(purge))["size"]);
        Assert.Equal(1, (await RunAsync(purge with { KeyPattern = "tmp-*", Behavior = new PurgeBehavior { ExpiredOnly = new(false) } }))["size"]);
        Assert.NotNull(store.Find("company.team", "keep", inherit: false));
    }

    [Fact]
    public async Task A_state_is_merged_read_and_deleted()
    {
        var get = new StateGet { Id = "t", Type = "core.state.Get" };
        var set = new StateSet { Id = "t", Type = "core.state.Set" };
        Assert.Equal("""{"count":0,"data":{}}""", Data.Write(await RunAsync(get)));
        Assert.Equal(1, (await RunAsync(set with { Data = new(Data.Map(("a", "{{ inc }}"))) }))["count"]);
        Assert.Equal(2, (await RunAsync(set with { Data = new(Data.Map(("a", "{{ inc + 1 }}"), ("b", 3))) }))["count"]);
        Assert.Equal("""{"count":2,"data":{"a":"2","b":3}}""", Data.Write(await RunAsync(get)));
        Assert.Equal(0, (await RunAsync(get with { TaskrunValue = new(false) }))["count"]);
        Assert.Equal(0, (await RunAsync(get with { Namespace = new(true) }))["count"]);
        Assert.Equal(true, (await RunAsync(new StateDelete { Id = "t", Type = "core.state.Delete" }))["deleted"]);
        Assert.Equal(0, (await RunAsync(get))["count"]);
        await Assert.ThrowsAsync<TaskFailedException>(() => RunAsync(new StateDelete { Id = "t", Type = "core.state.Delete", Name = "unknown", ErrorOnMissing = new(true) }));
    }

    [Fact]
    public async Task States_changed_at_once_keep_every_change()
    {
        var changes = Enumerable.Range(0, 20).Select(n => Task.Run(() => RunAsync(new StateSet { Id = "t", Type = "core.state.Set", Data = new(Data.Map(($"k{n}", n))) })));
        await Task.WhenAll(changes);
        Assert.Equal(20, (await RunAsync(new StateGet { Id = "t", Type = "core.state.Get" }))["count"]);
    }

    private static Set Set(object value) => new() { Id = "t", Type = "core.kv.Set", Key = "key", Value = new(value) };

    private static Get Get() => new() { Id = "t", Type = "core.kv.Get", Key = "key" };

    private async Task<IReadOnlyDictionary<string, object?>> RunAsync(RunnableTask task) => (await task.RunAsync(context, CancellationToken.None)).Outputs ?? Data.Map();

    /// <summary>A flow store that knows one namespace and no flow.</summary>
    private sealed class OneNamespace(string ns) : IFlowStore
    {
        public Task<IReadOnlyList<string>> NamespacesAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>>([ns]);

        public Task<bool> AppendAsync(FlowRevision revision, FlowSummary summary, int expectedRevision, CancellationToken cancellation) => Task.FromResult(false);

        public Task<FlowRevision?> LoadAsync(FlowId key, int? revision, bool allowDeleted, CancellationToken cancellation) => Task.FromResult<FlowRevision?>(null);

        public Task<IReadOnlyList<FlowRevision>> RevisionsAsync(FlowId key, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<FlowRevision>>([]);

        public Task<Page<FlowSummary>> SearchAsync(FlowQuery query, PageRequest page, CancellationToken cancellation) => Task.FromResult(new Page<FlowSummary>([], 0));

        public Task<IReadOnlyList<FlowChange>> ChangesAsync(long after, CancellationToken cancellation) => throw new NotSupportedException();

        public Task<IReadOnlyList<FlowChange>> ListeningAsync(CancellationToken cancellation) => throw new NotSupportedException();

        public IAsyncEnumerable<FlowRevision> AllAsync(CancellationToken cancellation) => AsyncEnumerable.Empty<FlowRevision>();

        public Task<long> VersionAsync(CancellationToken cancellation) => Task.FromResult(0L);
    }
}
