using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Executions;
using FlowApps.Plugins;
using FlowApps.Yaml.Flows;

namespace FlowApps.Engine.Tests.Harness;

/// <summary>Flows of tests, as YAML.</summary>
internal static class Flows
{
    private static readonly FlowReader Reader = new(
        new PluginCatalogue([typeof(Flow).Assembly, typeof(ExecutionDecider).Assembly, typeof(PluginsAssembly).Assembly, typeof(Work).Assembly]), new FlowReaderOptions());

    /// <summary>The text below id and namespace.</summary>
    public static Flow Of(string body, string id = "flow", int revision = 1) => Read($"id: {id}\nnamespace: company.team\n{body}", revision);

    /// <summary>What is wrong with it.</summary>
    public static IReadOnlyList<Problem> ProblemsOf(string body) => Reader.Read($"id: flow\nnamespace: company.team\n{body}").Problems;

    public static Flow Read(string source, int revision = 1)
    {
        var reading = Reader.Read(source);
        Assert.True(reading.Flow is not null, string.Join("\n", reading.Problems));
        return reading.Flow! with { Revision = revision };
    }
}
