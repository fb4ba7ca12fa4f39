using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;

namespace FlowApps.Runtime.Tests.Apps;

[Collection(SharedRuntime.Name)]
public sealed class AppRegistryTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    private IApps Apps => host.Get<IApps>();

    private static string Source(string ns, string id, string title, string access = "type: PRIVATE") => $"""
        id: {id}
        type: apps.Execution
        namespace: {ns}
        flowId: form
        displayName: {title}
        access:
          {access}
        """;

    private static string Flow(string ns, string labels = "{}") => $"""
        id: form
        namespace: {ns}
        labels: {labels}
        inputs:
          - id: what
            type: STRING
        tasks:
          - id: log
            type: io.kestra.plugin.core.log.Log
            message: hi
        """;

    [Fact]
    public async Task Flow_is_an_app_by_itself_only_if_its_label_wants_that_and_until_one_is_written()
    {
        var unwanted = await host.SaveAsync(Flow("apps.unwanted"));
        Assert.Null(await Apps.OfFlowAsync(unwanted, CancellationToken.None));
        Assert.Null(await Apps.FindAsync("apps.unwanted", "form", CancellationToken.None));
        var bob = new User("bob", "Bob", [Role.Requester]);
        Assert.DoesNotContain(await Apps.CatalogueAsync(bob, null, null, CancellationToken.None), app => app.Namespace == "apps.unwanted");
        var flow = await host.SaveAsync(Flow("apps.implicit", "{app: \"true\"}"));
        Assert.Contains(await Apps.CatalogueAsync(bob, null, null, CancellationToken.None), app => app.Namespace == "apps.implicit");
        Assert.True((await Apps.OfFlowAsync(flow, CancellationToken.None))!.Implicit);
        await Apps.SaveAsync(Source("apps.implicit", "own", "Mine"), "ann", null, CancellationToken.None);
        Assert.Equal("own", (await Apps.OfFlowAsync(flow, CancellationToken.None))!.Id);
    }

    [Fact]
    public async Task App_has_revisions_and_an_old_one_cannot_overwrite_a_new_one()
    {
        await Apps.SaveAsync(Source("apps.rev", "app", "One"), "ann", null, CancellationToken.None);
        Assert.Equal(1, (await Apps.SaveAsync(Source("apps.rev", "app", "One"), "ann", 1, CancellationToken.None)).Revision);
        Assert.Equal(2, (await Apps.SaveAsync(Source("apps.rev", "app", "Two"), "ann", 1, CancellationToken.None)).Revision);
        await Assert.ThrowsAsync<RefusedException>(() => Apps.SaveAsync(Source("apps.rev", "app", "Late"), "bob", 1, CancellationToken.None));
        Assert.Equal("One", Assert.IsType<App>(Apps.Read((await Apps.SourceAsync("apps.rev", "app", 1, CancellationToken.None))!.Source).App).DisplayName);
        Assert.Equal([1, 2], (await Apps.RevisionsAsync("apps.rev", "app", CancellationToken.None)).Select(revision => revision.Revision));
        await Apps.DeleteAsync("apps.rev", "app", CancellationToken.None);
        Assert.Null(await Apps.FindAsync("apps.rev", "app", CancellationToken.None));
        Assert.Equal(3, (await Apps.SaveAsync(Source("apps.rev", "app", "Back"), "ann", null, CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task Catalogue_shows_a_person_what_is_open_to_them()
    {
        await Apps.SaveAsync(Source("apps.seen", "public", "Zz public", "type: PUBLIC"), null, null, CancellationToken.None);
        await Apps.SaveAsync(Source("apps.seen", "grouped", "Zz grouped", "groups: [finance]"), null, null, CancellationToken.None);
        await Apps.SaveAsync(Source("apps.seen", "hidden", "Zz hidden", "catalog: false"), null, null, CancellationToken.None);
        Assert.Equal(["public"], await SeenAsync(null));
        Assert.Equal(["public"], await SeenAsync(new User("bob", "Bob", [Role.Requester])));
        Assert.Equal(["grouped", "public"], await SeenAsync(new User("eve", "Eve", [Role.Requester]) { Groups = ["finance"] }));

        async Task<IEnumerable<string>> SeenAsync(User? person) => (await Apps.CatalogueAsync(person, "zz ", null, CancellationToken.None)).Select(app => app.Id);
    }
}
