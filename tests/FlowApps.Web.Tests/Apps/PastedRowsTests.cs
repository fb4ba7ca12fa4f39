using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Apps.Many;

namespace FlowApps.Web.Tests.Apps;

public sealed class PastedRowsTests
{
    private static readonly InputDefinition[] Inputs =
    [
        new() { Id = "item", Type = InputType.String, DisplayName = "What" }, new() { Id = "amount", Type = InputType.Float }, new() { Id = "soon", Type = InputType.Bool },
    ];

    [Theory]
    [InlineData("what\tamount\tsoon\nDesk\t80\tyes\nLamp\t\tno\n", """[{"item":"Desk","amount":"80","soon":"true"},{"item":"Lamp","soon":"false"}]""")]
    [InlineData("Amount,What\r\n\"1,847.00\",\"A \"\"good\"\" desk\r\nwith drawers\"\r\n", """[{"amount":"1,847.00","item":"A \"good\" desk\nwith drawers"}]""")]
    [InlineData("item;amount\nDesk;80,5\n;\n\nLamp;3", """[{"item":"Desk","amount":"80,5"},{"item":"Lamp","amount":"3"}]""")]
    [InlineData("item,amount\nDesk,80,more\nLamp", """[{"item":"Desk","amount":"80"},{"item":"Lamp"}]""")]
    [InlineData("item", "[]")]
    [InlineData("", "[]")]
    public void A_table_is_read_however_it_was_copied(string text, string expected) =>
        Assert.Equal(expected, Data.Write(PastedRows.Read(text, Inputs).Rows.Cast<object?>().ToList()));

    [Fact]
    public void Columns_of_no_field_are_named() => Assert.Equal(["colour"], PastedRows.Read("item,colour\na,b", Inputs).Unknown);
}
