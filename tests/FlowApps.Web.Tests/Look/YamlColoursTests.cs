using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Look;

public sealed class YamlColoursTests
{
    [Theory]
    [InlineData("  - id: a1", "k:id")]
    [InlineData("type: core.log.Log", "k:type|t:core.log.Log")]
    [InlineData("    limit: 3 # three", "k:limit|c:# three")]
    [InlineData("    limit: 3", "k:limit|n:3")]
    [InlineData("message: \"Hello {{ inputs.name }}\"", "k:message|x:{{ inputs.name }}")]
    [InlineData("values: [\"4210\", '4220']", "k:values|s:\"4210\"|s:'4220'")]
    [InlineData("  - id: greet_<< name >>", "k:id|x:<< name >>")]
    [InlineData("- echo a:b", "")]
    public void Line_is_cut_into_pieces(string line, string pieces) =>
        Assert.Equal(pieces, string.Join('|', YamlColours.Of(line).Where(piece => piece.Kind is not null).Select(piece => $"{piece.Kind}:{piece.Text}")));

    [Fact]
    public void Pieces_together_are_the_line()
    {
        const string Line = "  - condition: \"{{ a == 'b' }}\" # why: because";
        Assert.Equal(Line, string.Concat(YamlColours.Of(Line).Select(piece => piece.Text)));
    }
}
