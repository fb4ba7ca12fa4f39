using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class DocumentStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IDocumentStore documents = host.Get<IDocumentStore>();
    private readonly string kind = "kind" + Sample.Id();

    [Fact]
    public async Task Version_rises_and_a_stale_write_changes_nothing()
    {
        (await WriteAsync("a", "one", 0)).ShouldBeTrue();
        (await WriteAsync("a", "again", 0)).ShouldBeFalse();
        (await WriteAsync("a", "two", 1)).ShouldBeTrue();
        (await WriteAsync("a", "late", 1)).ShouldBeFalse();
        (await WriteAsync("a", "three", null)).ShouldBeTrue();
        var stored = (await documents.LoadAsync<Note>(kind, "a", None)).ShouldNotBeNull();
        (stored.Id, stored.Value.Text, stored.Version).ShouldBe(("a", "three", 3));
        documents.Load<Note>(kind, "a").ShouldBe(stored);
    }

    [Fact]
    public async Task Delete_minds_the_version_and_frees_the_name()
    {
        await WriteAsync("a", "one", 0);
        (await documents.WriteAsync([new DocumentWrite(kind, "a", null, 5)], None)).ShouldBeFalse();
        (await documents.WriteAsync([new DocumentWrite(kind, "a", null, 1)], None)).ShouldBeTrue();
        (await documents.LoadAsync<Note>(kind, "a", None)).ShouldBeNull();
        documents.Load<Note>(kind, "a").ShouldBeNull();
        (await WriteAsync("a", "new", 0)).ShouldBeTrue();
        (await documents.WriteAsync([new DocumentWrite(kind, "nobody", null)], None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Documents_are_found_by_a_word_in_one_of_their_lists()
    {
        await documents.WriteAsync([new DocumentWrite(kind, "ann", """{"text":"a","groups":["finance","it's"]}"""), new DocumentWrite(kind, "bob", """{"text":"b","groups":["financial"]}"""), new DocumentWrite(kind, "eve", """{"text":"finance"}""")], None);
        (await ListedAsync("groups", "finance")).ShouldBe(["ann"]);
        (await ListedAsync("groups", "it's")).ShouldBe(["ann"]);
        (await ListedAsync("roles", "finance")).ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(() => ListedAsync("groups' or true --", "x"));

        async Task<IEnumerable<string>> ListedAsync(string list, string word) =>
            (await documents.QueryAsync<Note>(kind, new DocumentQuery { Listed = new ListedWord(list, word) }, new PageRequest(1, 10), None)).Results.Select(found => found.Id);
    }

    [Fact]
    public async Task Several_writes_are_one()
    {
        await WriteAsync("a", "one", 0);
        (await documents.WriteAsync([Write("b", "fresh", 0), Write("a", "late", 7)], None)).ShouldBeFalse();
        (await documents.LoadAsync<Note>(kind, "b", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Expired_document_is_gone_at_once_and_its_name_is_free()
    {
        var clock = new MovedClock();
        var other = await host.JoinedAsync(clock);
        try
        {
            var theirs = other.Get<IDocumentStore>();
            (await theirs.WriteAsync([Write("a", "short", 0) with { ExpiresAt = clock.GetUtcNow().AddMinutes(5) }], None)).ShouldBeTrue();
            (await theirs.LoadAsync<Note>(kind, "a", None)).ShouldNotBeNull();
            clock.Ahead = TimeSpan.FromMinutes(6);
            (await theirs.LoadAsync<Note>(kind, "a", None)).ShouldBeNull();
            (await theirs.QueryAsync<Note>(kind, new DocumentQuery(), new PageRequest(), None)).Total.ShouldBe(0);
            (await theirs.WriteAsync([Write("a", "stale", 1)], None)).ShouldBeFalse();
            (await theirs.WriteAsync([Write("a", "new", 0)], None)).ShouldBeTrue();
            await theirs.WriteAsync([Write("b", "short", 0) with { ExpiresAt = clock.GetUtcNow() }], None);
            (await theirs.PurgeExpiredAsync(kind, None)).ShouldBe(1);
        }
        finally
        {
            await other.StopAsync();
        }
    }

    [Fact]
    public async Task Query_filters_pages_and_counts()
    {
        await documents.WriteAsync(
        [
            Write("a1", "Red apple", null) with { Namespace = "acme" }, Write("a2", "green", null) with { Namespace = "acme.sub", Owner = "ann" },
            Write("b1", "50% off", null) with { Namespace = "acmes", Owner = "bob" },
        ], None);
        (await IdsAsync(new DocumentQuery())).ShouldBe(["a1", "a2", "b1"]);
        (await IdsAsync(new DocumentQuery("acme"))).ShouldBe(["a1"]);
        (await IdsAsync(new DocumentQuery("acme", NamespacePrefix: true))).ShouldBe(["a1", "a2"]);
        (await IdsAsync(new DocumentQuery(Owner: "bob"))).ShouldBe(["b1"]);
        (await IdsAsync(new DocumentQuery(Text: "APPLE"))).ShouldBe(["a1"]);
        (await IdsAsync(new DocumentQuery(Text: "0% o"))).ShouldBe(["b1"]);
        (await IdsAsync(new DocumentQuery(IdPrefix: "a"))).ShouldBe(["a1", "a2"]);
        var page = await documents.QueryAsync<Note>(kind, new DocumentQuery(), new PageRequest(2, 2), None);
        (page.Total, page.Results.Single().Id).ShouldBe((3, "b1"));
    }

    private static async Task<List<string>> Ids(Task<Page<StoredDocument<Note>>> page) => [.. (await page).Results.Select(document => document.Id)];

    private Task<List<string>> IdsAsync(DocumentQuery query) => Ids(documents.QueryAsync<Note>(kind, query, new PageRequest(), None));

    private DocumentWrite Write(string id, string text, long? expected) => new(kind, id, System.Text.Json.JsonSerializer.Serialize(new Note(text), Data.Json), expected);

    private Task<bool> WriteAsync(string id, string text, long? expected) => documents.WriteAsync([Write(id, text, expected)], None);

    private sealed record Note(string Text);
}
