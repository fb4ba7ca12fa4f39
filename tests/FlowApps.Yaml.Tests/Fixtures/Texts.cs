using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Plugins;
using FlowApps.Yaml.Flows;

namespace FlowApps.Yaml.Tests.Fixtures;

/// <summary>Readers over the plugins of this project.</summary>
public static class Texts
{
    public static PluginCatalogue Catalogue { get; } = new([typeof(Say).Assembly, typeof(App).Assembly]);

    public static FlowReader Reader { get; } = new(Catalogue, new FlowReaderOptions());

    /// <summary>Reads a flow whose text is valid.</summary>
    public static Flow Valid(string source, FlowReader? reader = null)
    {
        var reading = (reader ?? Reader).Read(source);
        Assert.Empty(reading.Problems);
        return reading.Flow!;
    }

    /// <summary>A flow around tasks that are indented by two.</summary>
    public static string Flow(string tasks, string more = "") => $"id: one\nnamespace: company.team\n{more}tasks:\n{tasks}";
}
