using FlowApps.Domain.Plugins;
using FlowApps.Domain.Triggers;

namespace FlowApps.Plugins.Tests;

public sealed class PluginCatalogueTests
{
    private static readonly PluginCatalogue Catalogue = new([typeof(PluginsAssembly).Assembly]);

    [Theory]
    [InlineData("io.kestra.plugin.core.log.Log")]
    [InlineData("io.kestra.core.tasks.log.Log")]
    [InlineData("io.kestra.core.tasks.debugs.Return")]
    [InlineData("io.kestra.core.tasks.executions.Counts")]
    [InlineData("io.kestra.core.tasks.states.Set")]
    [InlineData("io.kestra.core.tasks.storages.Purge")]
    [InlineData("io.kestra.core.tasks.storages.PurgeExecution")]
    [InlineData("io.kestra.core.tasks.templating.TemplatedTask")]
    [InlineData("io.kestra.core.tasks.trigger.Toggle")]
    [InlineData("io.kestra.plugin.fs.http.Request")]
    [InlineData("io.kestra.plugin.scripts.shell.Commands")]
    public void Types_of_other_spellings_are_found(string type) => Assert.NotNull(Catalogue.Find<TaskDefinition>(type));

    [Fact]
    public void Every_task_of_the_language_that_does_something_is_there()
    {
        string[] wanted =
        [
            "log.Log", "log.Fetch", "log.PurgeLogs", "debug.Return", "debug.Echo", "execution.Fail", "execution.Labels", "execution.Resume", "execution.Count",
            "execution.PurgeExecutions", "execution.Exit", "execution.Assert", "execution.SetVariables", "execution.UnsetVariables", "execution.Kill", "output.OutputValues",
            "kv.Set", "kv.Get", "kv.Delete", "kv.GetKeys", "kv.PurgeKV", "state.Set", "state.Get", "state.Delete", "namespace.UploadFiles", "namespace.DownloadFiles",
            "namespace.DeleteFiles", "storage.Concat", "storage.DeduplicateItems", "storage.FilterItems", "storage.Delete", "storage.LocalFiles",
            "storage.PurgeCurrentExecutionFiles", "storage.Reverse", "storage.Size", "storage.Split", "storage.Write", "templating.TemplatedTask", "trigger.Toggle",
            "metric.Publish", "http.Request", "http.Download",
        ];
        Assert.All(wanted, type => Assert.NotNull(Catalogue.Find<RunnableTask>("core." + type)));
        Assert.NotNull(Catalogue.Find<PollingTrigger>("core.http.Trigger"));
        Assert.NotNull(Catalogue.Find<TaskRunner>("io.kestra.plugin.core.runner.Process"));
        Assert.NotNull(Catalogue.Find<TaskRunner>("io.kestra.plugin.scripts.runner.docker.Docker"));
    }

    [Fact]
    public void Every_plugin_and_every_property_of_it_is_described()
    {
        var described = System.Xml.Linq.XDocument.Load(Path.ChangeExtension(typeof(PluginsAssembly).Assembly.Location, ".xml"))
            .Descendants("member").Where(member => member.Element("summary") is not null).Select(member => (string)member.Attribute("name")!).ToHashSet();
        var names = Catalogue.Entries.SelectMany(entry => entry.Record.GetProperties()
            .Where(property => property.CanWrite && property.DeclaringType!.Assembly == entry.Record.Assembly)
            .Select(property => $"P:{property.DeclaringType!.FullName}.{property.Name}").Prepend($"T:{entry.Record.FullName}"));
        Assert.All(names, name => Assert.Contains(name, described));
    }
}
