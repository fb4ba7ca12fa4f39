using FlowApps.Domain.Executions;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;

namespace FlowApps.Runtime.Tests.Namespaces;

[Collection(SharedRuntime.Name)]
public sealed class NamespaceSettingsTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    private INamespaces Namespaces => host.Get<INamespaces>();

    [Fact]
    public async Task Variables_are_inherited_and_the_nearest_namespace_wins()
    {
        await Namespaces.SaveAsync("settings", null, "region: eu # the usual one\ndb: {host: main, port: 5432}", "", CancellationToken.None);
        await Namespaces.SaveAsync("settings.team", "of the team", "db: {host: own}", "", CancellationToken.None);
        var flow = await host.SaveAsync("""
            id: reads
            namespace: settings.team.etl
            tasks:
              - {id: show, type: io.kestra.plugin.core.debug.Return, format: "{{ namespace.region }} {{ namespace.db.host }}:{{ namespace.db.port }}"}
              - {id: choose, type: io.kestra.plugin.core.flow.If, condition: "{{ namespace.region == 'eu' }}", then: [{id: yes, type: io.kestra.plugin.core.log.Log, message: eu}]}
            """);
        Assert.Equal("eu own:5432", await ShownAsync(flow));
        await Namespaces.SaveAsync("settings.team", null, "region: us", "", CancellationToken.None);
        Assert.Equal("us main:5432", await ShownAsync(flow));
        Assert.Contains("# the usual one", Namespaces.Find("settings").VariablesSource, StringComparison.Ordinal);
        Assert.True(await Namespaces.DeleteAsync("settings.team", CancellationToken.None));
        Assert.Equal("eu main:5432", await ShownAsync(flow));
    }

    [Fact]
    public async Task Defaults_reach_flows_that_were_saved_before_and_the_nearest_namespace_wins()
    {
        var flow = await host.SaveAsync("""
            id: shows
            namespace: defaults.team
            tasks: [{id: show, type: io.kestra.plugin.core.debug.Return}, {id: own, type: io.kestra.plugin.core.debug.Return, format: own}]
            """);
        await Namespaces.SaveAsync("defaults", null, "", "- {type: io.kestra.plugin.core.debug.Return, values: {format: above}}", CancellationToken.None);
        Assert.Equal(("above", "own"), await BothAsync(flow));
        await Namespaces.SaveAsync("defaults.team", null, "", "- {type: core.debug.Return, values: {format: near}}", CancellationToken.None);
        Assert.Equal(("near", "own"), await BothAsync(flow));
        await Namespaces.SaveAsync("defaults", null, "", "- {type: io.kestra.plugin.core.debug, forced: true, values: {format: forced}}", CancellationToken.None);
        Assert.Equal(("forced", "forced"), await BothAsync(flow));
        Assert.Equal(["defaults.team", "defaults"], Namespaces.DefaultsFor("defaults.team").Select(given => given.Namespace));
    }

    [Theory]
    [InlineData("- a", "", "variables", "map")]
    [InlineData("a: [", "", "variables", null)]
    [InlineData("", "type: x", "pluginDefaults", "list")]
    [InlineData("", "- {values: {format: x}}", "pluginDefaults[0].type", null)]
    [InlineData("", "- {type: core.debug.Return, values: {fromat: x}}", "pluginDefaults[0].values.fromat", "fromat")]
    public async Task Settings_that_cannot_be_read_are_refused_with_their_place(string variables, string defaults, string path, string? word)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Namespaces.SaveAsync("refused", null, variables, defaults, CancellationToken.None));
        Assert.Contains(refused.Problems, problem => problem.Path!.StartsWith(path, StringComparison.Ordinal) && problem.Line > 0 && (word is null || problem.Message.Contains(word, StringComparison.Ordinal)));
        Assert.Empty(Namespaces.Find("refused").Variables);
    }

    private async Task<string> ShownAsync(Domain.Flows.FlowId flow)
    {
        var end = await host.RunAsync(flow);
        Assert.Equal(State.Success, end.State.Current);
        return (string)end.TaskRuns.First().Outputs!["value"]!;
    }

    private async Task<(string, string)> BothAsync(Domain.Flows.FlowId flow)
    {
        var runs = (await host.RunAsync(flow)).TaskRuns.ToList();
        return ((string)runs[0].Outputs!["value"]!, (string)runs[1].Outputs!["value"]!);
    }
}
