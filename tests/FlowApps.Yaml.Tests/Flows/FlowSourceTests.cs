using FlowApps.Yaml.Flows;

namespace FlowApps.Yaml.Tests.Flows;

public sealed class FlowSourceTests
{
    [Theory]
    [InlineData("id: a\ndisabled: false # for now\ntasks: []\n", true, "id: a\ndisabled: true # for now\ntasks: []\n")]
    [InlineData("id: a\ntasks: []", true, "id: a\ntasks: []\ndisabled: true\n")]
    [InlineData("id: a\r\ntasks: []\r\n", true, "id: a\r\ntasks: []\r\ndisabled: true\r\n")]
    [InlineData("id: a\ndisabled: true\n", false, "id: a\ndisabled: false\n")]
    [InlineData("id: a\n", false, "id: a\n")]
    [InlineData("id: a\ntasks:\n  - id: b\n    disabled: true\n", true, "id: a\ntasks:\n  - id: b\n    disabled: true\ndisabled: true\n")]
    [InlineData("{id: a, tasks: []}", true, "{disabled: true, id: a, tasks: []}")]
    public void Disabled_line_is_set_and_the_rest_kept_to_the_letter(string source, bool disabled, string expected) =>
        Assert.Equal(expected, FlowSource.WithDisabled(source, disabled));

    [Theory]
    [InlineData("id: a\nrevision: 3\ntasks: []\n", "id: a\ntasks: []\n")]
    [InlineData("revision: 3\r\nid: a\r\n", "id: a\r\n")]
    [InlineData("id: a\ntasks:\n  - revision: 3\n", "id: a\ntasks:\n  - revision: 3\n")]
    public void Revision_line_is_dropped(string source, string expected) => Assert.Equal(expected, FlowSource.WithoutRevision(source));
}
