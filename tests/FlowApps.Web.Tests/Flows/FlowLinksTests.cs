using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Web.Flows.Topology;

namespace FlowApps.Web.Tests.Flows;

public sealed class FlowLinksTests
{
    private static readonly FlowId Main = new("shop", "main");

    [Fact]
    public void Subflows_link_onward_and_flow_triggers_link_back()
    {
        var links = Of("""
            {"tasks":[{"id":"p","type":"core.flow.Parallel","tasks":[{"id":"s","type":"core.flow.Subflow","namespace":"stock","flowId":"reserve"}]},
                      {"id":"d","type":"core.flow.Subflow","namespace":"stock","flowId":"{{ inputs.which }}"}],
             "triggers":[{"id":"t","type":"io.kestra.plugin.core.trigger.Flow","preconditions":{"id":"c","flows":[{"namespace":"crm","flowId":"import"}]}}]}
            """);
        Assert.Equal([new FlowLink(Main, new("stock", "reserve")), new FlowLink(new("crm", "import"), Main, ByTrigger: true)], links);
    }

    [Fact]
    public void Links_behind_the_next_flow_are_followed_only_when_asked()
    {
        FlowId a = new("n", "a"), b = new("n", "b"), c = new("n", "c"), before = new("n", "before");
        FlowLink[] links = [new(a, b), new(b, c), new(c, a), new(before, a)];
        Assert.Equal([new FlowLink(a, b)], FlowLinks.Around(a, links, onward: true, all: false));
        Assert.Equal(3, FlowLinks.Around(a, links, onward: true, all: true).Count);
        Assert.Contains(new FlowLink(before, a), FlowLinks.Around(a, links, onward: false, all: false));
    }

    private static IReadOnlyList<FlowLink> Of(string json) => FlowLinks.Of(Main, (IReadOnlyDictionary<string, object?>)Data.Parse(json)!);
}
