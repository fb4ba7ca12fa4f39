using FlowApps.Web.Blueprints;

namespace FlowApps.Web.Tests.Blueprints;

public sealed class BlueprintHeadTests
{
    [Fact]
    public void Head_is_cut_from_the_flow_and_long_lines_are_joined()
    {
        var (head, source) = BlueprintHead.Cut("# title: Hello\r\n# description: Says\r\n#   hello.\r\n# tags: a b, c\r\n\r\nid: hello\r\n# mine\r\n");
        Assert.Equal(("Hello", "Says hello."), (head.Title, head.Description));
        Assert.Equal(["a b", "c"], head.Tags);
        Assert.Equal("id: hello\n# mine\n", source);
    }

    [Theory]
    [InlineData("id: hello")]
    [InlineData("# title: Hello\n# tags: a\nid: hello")]
    [InlineData("# title:\n# description: b\n# tags: c\nid: hello")]
    [InlineData("# description: b\n# title: a\n# tags: c\nid: hello")]
    public void Head_is_refused_when_a_line_is_missing_empty_or_out_of_order(string text) => Assert.Throws<FormatException>(() => BlueprintHead.Cut(text));
}
