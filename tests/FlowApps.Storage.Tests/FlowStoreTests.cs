using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using Shouldly;

namespace FlowApps.Storage.Tests;

[Collection(StorageCollection.Name)]
public sealed class FlowStoreTests(StorageHost host)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IFlowStore flows = host.Get<IFlowStore>();
    private readonly string ns = "flows" + Sample.Id().ToLowerInvariant();

    [Fact]
    public async Task Revisions_are_kept_to_the_letter()
    {
        var before = await flows.VersionAsync(None);
        (await SaveAsync("a", 1, "id: a\r\n# one\n")).ShouldBeTrue();
        (await SaveAsync("a", 2, "id: a  # two")).ShouldBeTrue();
        (await flows.LoadAsync(new FlowId(ns, "a"), 1, false, None))!.Source.ShouldBe("id: a\r\n# one\n");
        (await flows.LoadAsync(new FlowId(ns, "a"), null, false, None))!.Revision.ShouldBe(2);
        (await flows.RevisionsAsync(new FlowId(ns, "a"), None)).Select(revision => revision.Revision).ShouldBe([1, 2]);
        (await flows.VersionAsync(None)).ShouldBeGreaterThanOrEqualTo(before + 2);
    }

    [Fact]
    public async Task What_changed_after_a_number_is_told_once_and_who_listens_is_known()
    {
        await SaveAsync("seen", 1, "id: seen");
        var before = await flows.VersionAsync(None);
        await SaveAsync("ear", 1, "id: ear", triggers: ["io.kestra.plugin.core.trigger.Flow"]);
        await SaveAsync("ear", 2, "id: ear", triggers: ["io.kestra.plugin.core.trigger.Flow"]);
        await SaveAsync("gone", 1, "id: gone", triggers: ["core.trigger.Schedule"]);
        await SaveAsync("gone", 2, "id: gone", deleted: true);
        (await flows.ChangesAsync(before, None)).Where(change => change.Key.Namespace == ns)
            .ShouldBe([new FlowChange(new FlowId(ns, "ear"), 2, false, true), new FlowChange(new FlowId(ns, "gone"), 2, true, false)]);
        (await flows.ChangesAsync(await flows.VersionAsync(None), None)).ShouldNotContain(change => change.Key.Namespace == ns);
        (await flows.ListeningAsync(None)).Where(change => change.Key.Namespace == ns).ShouldHaveSingleItem().Key.Id.ShouldBe("ear");
    }

    [Fact]
    public async Task One_of_many_savers_wins_a_revision()
    {
        var saved = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => SaveAsync("race", 1, $"text {number}")));
        saved.Count(won => won).ShouldBe(1);
        (await SaveAsync("race", 3, "gap", expected: 2)).ShouldBeFalse();
    }

    [Fact]
    public async Task Deleted_flow_is_found_only_when_allowed_and_can_come_back()
    {
        await SaveAsync("gone", 1, "one");
        await SaveAsync("gone", 2, "one", deleted: true);
        (await flows.LoadAsync(new FlowId(ns, "gone"), null, false, None)).ShouldBeNull();
        (await flows.LoadAsync(new FlowId(ns, "gone"), null, true, None))!.Revision.ShouldBe(2);
        (await flows.LoadAsync(new FlowId(ns, "gone"), 1, false, None))!.Source.ShouldBe("one");
        (await flows.SearchAsync(new FlowQuery(Namespace: ns), new PageRequest(), None)).Total.ShouldBe(0);
        (await SaveAsync("gone", 3, "back")).ShouldBeTrue();
        (await flows.SearchAsync(new FlowQuery(Namespace: ns), new PageRequest(), None)).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Search_filters_by_indexed_facts()
    {
        await SaveAsync("alpha", 1, "x", labels: [new Label("team", "red")], triggers: ["core.trigger.Schedule"]);
        await SaveAsync("beta", 1, "x", description: "Sends the Invoice", disabled: true);
        (await IdsAsync(new FlowQuery(Namespace: ns))).ShouldBe(["alpha", "beta"]);
        (await IdsAsync(new FlowQuery(Namespace: ns, Text: "invoice"))).ShouldBe(["beta"]);
        (await IdsAsync(new FlowQuery(Namespace: ns, Disabled: false))).ShouldBe(["alpha"]);
        (await IdsAsync(new FlowQuery(Namespace: ns, Labels: [new Label("team", "red")]))).ShouldBe(["alpha"]);
        (await IdsAsync(new FlowQuery(Namespace: ns, TriggerType: "core.trigger.Schedule"))).ShouldBe(["alpha"]);
        (await flows.NamespacesAsync(None)).ShouldContain(ns);
        (await flows.AllAsync(None).ToListAsync()).Where(flow => flow.Key.Namespace == ns).Select(flow => flow.Key.Id).ShouldBe(["alpha", "beta"]);
    }

    private async Task<List<string>> IdsAsync(FlowQuery query) => [.. (await flows.SearchAsync(query, new PageRequest(), None)).Results.Select(flow => flow.Key.Id)];

    private Task<bool> SaveAsync(string id, int revision, string source, int? expected = null, bool deleted = false, bool disabled = false, string? description = null,
        IReadOnlyList<Label>? labels = null, IReadOnlyList<string>? triggers = null)
    {
        var key = new FlowId(ns, id);
        return flows.AppendAsync(
            new FlowRevision(key, revision, source, Sample.Now, "ann", disabled, deleted),
            new FlowSummary(key, revision, description, labels ?? [], disabled, Sample.Now, "ann", triggers ?? [], false), expected ?? revision - 1, None);
    }
}
