using FlowApps.Domain.Apps;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Flows;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Flows;

[Collection(SharedRuntime.Name)]
public sealed class FlowRegistryTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    private static string Source(string id, string message = "hi") => $$"""
        id: {{id}}
        namespace: flows.registry
        revision: 12
        tasks:
          - id: log
            type: io.kestra.plugin.core.log.Log
            message: {{message}}
        """;

    [Fact]
    public async Task Same_text_makes_no_revision_and_another_text_makes_one()
    {
        var first = await host.Flows.CreateAsync(Source("same"), "ann", CancellationToken.None);
        Assert.Equal(1, first.Revision);
        Assert.DoesNotContain("revision:", first.Source, StringComparison.Ordinal);
        Assert.Equal(1, (await host.Flows.UpdateAsync(first.Key, Source("same"), "ann", null, CancellationToken.None)).Revision);
        Assert.Equal(2, (await host.Flows.UpdateAsync(first.Key, Source("same", "other"), "ann", 1, CancellationToken.None)).Revision);
        var late = await Assert.ThrowsAsync<RefusedException>(() => host.Flows.UpdateAsync(first.Key, Source("same", "late"), "bob", 1, CancellationToken.None));
        Assert.Equal(RefusalKind.Conflict, late.Kind);
    }

    [Fact]
    public async Task Execution_runs_its_own_revision_after_the_flow_has_changed_and_gone()
    {
        var key = (await host.Flows.CreateAsync("""
            id: pinned
            namespace: flows.registry
            tasks:
              - id: wait
                type: io.kestra.plugin.core.flow.Pause
              - id: old
                type: io.kestra.plugin.core.debug.Return
                format: old
            """, null, CancellationToken.None)).Key;
        var paused = await host.StartAsync(key);
        await host.Flows.UpdateAsync(key, Source("pinned"), null, null, CancellationToken.None);
        await host.Flows.DeleteAsync(key, null, CancellationToken.None);
        await host.Executions.ResumeAsync(paused.Id, null, Domain.Values.Data.Map(), "approved", null, null, Asker.System, CancellationToken.None);
        Assert.Equal("old", (await host.EndAsync(paused.Id)).TaskRuns.Last().Outputs!["value"]);
        Assert.Null(await host.Flows.FindAsync(key, null, CancellationToken.None));
        Assert.Equal(4, (await host.Flows.CreateAsync(Source("pinned", "again"), null, CancellationToken.None)).Revision);
    }

    [Fact]
    public async Task Disabled_flow_says_so_in_its_text_and_cannot_be_started()
    {
        var key = (await host.Flows.CreateAsync(Source("off"), null, CancellationToken.None)).Key;
        var off = await host.Flows.SetDisabledAsync(key, true, "ann", CancellationToken.None);
        Assert.Contains("disabled: true", off.Source, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.StartAsync(key));
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
    }

    [Fact]
    public void Flow_that_starts_itself_is_refused_with_its_place()
    {
        var reading = host.Flows.Read("""
            id: self
            namespace: flows.registry
            tasks:
              - id: again
                type: io.kestra.plugin.core.flow.Subflow
                namespace: flows.registry
                flowId: self
            """);
        Assert.Null(reading.Flow);
        Assert.Equal("recursive_flow", Assert.Single(reading.Problems).Code);
        Assert.NotNull(reading.Problems[0].Line);
    }

    [Fact]
    public async Task Examples_are_imported_once_and_edits_of_people_are_left_alone()
    {
        var importer = host.Get<FlowImporter>();
        var saved = await importer.ImportAsync(Repository.Path("examples"), CancellationToken.None);
        Assert.True(saved > 0);
        Assert.Equal(0, await importer.ImportAsync(Repository.Path("examples"), CancellationToken.None));
        var texts = Directory.EnumerateFiles(Repository.Path("examples"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) is "flows" or "apps").Select(File.ReadAllText).ToList();
        Assert.Equal(texts.Count, saved);
        foreach (var app in texts.Select(text => host.Get<IApps>().Read(text).App).OfType<App>())
            Assert.NotNull(await host.Flows.FindAsync(app.Flow, null, CancellationToken.None));
    }

    [Fact]
    public async Task Wrong_inputs_are_refused_all_at_once()
    {
        var key = (await host.Flows.CreateAsync("""
            id: inputs
            namespace: flows.registry
            inputs:
              - id: age
                type: INT
                min: 18
              - id: name
                type: STRING
            tasks:
              - id: log
                type: io.kestra.plugin.core.log.Log
                message: hi
            """, null, CancellationToken.None)).Key;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => host.StartAsync(key, ("age", "7")));
        Assert.Equal(["age", "name"], refused.Problems.Select(problem => problem.Path));
        Assert.Equal(RefusalKind.Invalid, refused.Kind);
    }
}
