using FlowApps.Domain.Problems;
using FlowApps.Yaml.Tasks;
using FlowApps.Yaml.Tests.Fixtures;

namespace FlowApps.Yaml.Tests.Tasks;

public sealed class TaskReaderTests
{
    private static readonly TaskReader Reader = new(Texts.Catalogue);

    [Fact]
    public void Task_is_read_from_its_text() => Assert.Equal("hi", Assert.IsType<Say>(Reader.ReadTask("id: a\ntype: test.Say\nmessage: hi")).Message.Raw);

    [Theory]
    [InlineData("id: a\ntype: test.Say", "message: must not be null")]
    [InlineData("id: a\ntype: nope", "type: Invalid type: nope")]
    [InlineData("[[", "The text is not YAML")]
    [InlineData("text", "A task is expected")]
    public void Task_that_is_wrong_is_refused_with_its_problems(string yaml, string message) =>
        Assert.Contains(message, Assert.Throws<RefusedException>(() => Reader.ReadTask(yaml)).Message, StringComparison.Ordinal);
}
