using FlowApps.Runtime.Hosting;
using Microsoft.Extensions.Configuration;

namespace FlowApps.Runtime.Tests.Hosting;

public sealed class RuntimeOptionsTests
{
    [Fact]
    public void Settings_are_read_from_their_section()
    {
        var options = Read(("Url", "https://flows.example.com/sub/"), ("Roles", "web, engine"), ("Workers:Lease", "PT7S"), ("Workers:Threads", "3"), ("Variables:Globals:n", "1"),
            ("Variables:Globals:deep:on", "true"), ("Plugins:Configurations:0:Type", "core.trigger.Schedule"), ("Plugins:Configurations:0:Values:recoverMissedSchedules", "LAST"));
        Assert.Equal("https://flows.example.com/sub", options.Url);
        Assert.Equal([NodeRole.Web, NodeRole.Engine], options.Roles.Order());
        Assert.Equal((3, TimeSpan.FromSeconds(7)), (options.WorkerThreads, options.Lease));
        Assert.Equal(1, options.Globals["n"]);
        Assert.Equal(true, Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(options.Globals["deep"])["on"]);
        Assert.Equal("LAST", options.PluginConfigurations[0].Values["recoverMissedSchedules"]);
    }

    [Fact]
    public void Every_wrong_setting_is_named_at_once()
    {
        var problem = Assert.Throws<InvalidOperationException>(() => Read(("Url", "flows"), ("Roles", "web,cook"), ("Workers:Threads", "none"), ("Templates:Enabled", "perhaps")));
        foreach (var key in new[] { "FlowApps:Url", "FlowApps:Roles", "FlowApps:Workers:Threads", "FlowApps:Templates:Enabled" }) Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }

    private static RuntimeOptions Read(params (string Key, string Value)[] settings) =>
        RuntimeOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create("FlowApps:" + pair.Key, (string?)pair.Value))).Build());
}
