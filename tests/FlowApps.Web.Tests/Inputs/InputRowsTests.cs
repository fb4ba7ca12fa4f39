using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Inputs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Tests.Inputs;

public sealed class InputRowsTests
{
    private static readonly InputDefinition Items = new()
    {
        Id = "items",
        Type = InputType.Array,
        ItemType = InputType.Form,
        Inputs = [new() { Id = "name", Type = InputType.String }, new() { Id = "count", Type = InputType.Int }, new() { Id = "soon", Type = InputType.Bool }],
    };

    [Theory]
    [InlineData("", """[{"name":"a"},{"name":"b","count":"1,000"}]""")]
    [InlineData("add:items", """[{"name":"a"},{"name":"b","count":"1,000"},{}]""")]
    [InlineData("remove:items:0", """[{"name":"b","count":"1,000"}]""")]
    [InlineData("remove:items:7", """[{"name":"a"},{"name":"b","count":"1,000"}]""")]
    [InlineData("remove:items:-1", """[{"name":"a"},{"name":"b","count":"1,000"}]""")]
    [InlineData("add:others", """[{"name":"a"},{"name":"b","count":"1,000"}]""")]
    public void A_button_of_the_form_adds_and_removes_rows(string command, string expected) =>
        Assert.Equal(expected, Data.Write(InputRows.Read(Form(("in.items[0].name", "a"), ("in.items[1].name", "b"), ("in.items[1].count", "1,000"), ("in.other", "x"), ("rows", command)), Items)));

    [Theory]
    [InlineData("in.items[99999999].name")]
    [InlineData("in.items[-1].name")]
    [InlineData("in.items[].name")]
    [InlineData("in.items[x")]
    public void A_made_up_row_is_not_read(string name) => Assert.Null(InputRows.Read(Form((name, "a")), Items));

    [Fact]
    public void A_row_in_which_nothing_was_typed_is_not_sent()
    {
        var entries = InputEntries.Read(Form(("in.items[0].name", ""), ("in.items[0].soon", "false"), ("in.items[1].name", "b"), ("in.items[1].count", "1,000")), [Items]);
        Assert.Equal("""{"items":[{"name":"b","count":"1000"}]}""", Data.Write(InputEntries.Given(entries, [Items], TimeZoneInfo.Utc)));
    }

    private static FormCollection Form(params (string Name, string Value)[] fields) =>
        new(fields.Where(field => field.Value.Length > 0 || field.Name != "rows").ToDictionary(field => field.Name, field => new StringValues(field.Value)));
}
