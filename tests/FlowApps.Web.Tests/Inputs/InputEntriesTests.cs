using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Web.Inputs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Tests.Inputs;

public sealed class InputEntriesTests
{
    private static readonly TimeZoneInfo Lisbon = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");

    [Theory]
    [InlineData("1847", "1847")]
    [InlineData("1,847.00", "1847.00")]
    [InlineData("1.847,00", "1847.00")]
    [InlineData("1 847,5", "1847.5")]
    [InlineData("1’847.5", "1847.5")]
    [InlineData("1,847", "1847")]
    [InlineData("1,847,000", "1847000")]
    [InlineData("0,5", "0.5")]
    [InlineData("€ 12.50", "12.50")]
    [InlineData("-3,25", "-3.25")]
    [InlineData("twelve", "twelve")]
    public void Numbers_are_read_as_people_write_them(string typed, string plain) => Assert.Equal(plain, Given(InputType.Float, typed));

    [Theory]
    [InlineData("2 h 30 min", "PT2H30M")]
    [InlineData("90m", "PT1H30M")]
    [InlineData("3 days", "PT72H")]
    [InlineData("1,5 h", "PT1H30M")]
    [InlineData("PT5M", "PT5M")]
    [InlineData("a while", "a while")]
    [InlineData("5 h or so", "5 h or so")]
    public void Durations_are_read_as_people_write_them(string typed, string iso) => Assert.Equal(iso, Given(InputType.Duration, typed));

    [Theory]
    [InlineData("2026-07-01T14:00", "2026-07-01T13:00:00Z")]
    [InlineData("2026-12-01T14:00", "2026-12-01T14:00:00Z")]
    [InlineData("2026-07-01T14:00:00Z", "2026-07-01T14:00:00Z")]
    public void A_moment_that_is_typed_is_in_the_readers_zone(string typed, string instant) => Assert.Equal(instant, Given(InputType.Datetime, typed));

    [Fact]
    public void Nothing_typed_is_nothing_given()
    {
        var given = InputEntries.Given(Data.Map(("a", ""), ("b", null), ("c", new List<object?>())), [Input("a", InputType.Int), Input("b", InputType.String), Input("c", InputType.Multiselect)], Lisbon);
        Assert.Empty(given);
    }

    [Fact]
    public void A_box_that_is_not_ticked_says_no_and_a_ticked_one_yes()
    {
        var entries = InputEntries.Read(Form(("in.no", "false"), ("in.yes", new StringValues(["false", "true"]))), [Input("no", InputType.Bool), Input("yes", InputType.Bool), Input("absent", InputType.Bool)]);
        Assert.Equal([("no", "false"), ("yes", "true")], entries.Select(entry => (entry.Key, (string)entry.Value!)));
    }

    [Fact]
    public void Several_controls_of_one_name_are_a_list_without_the_empty_line() =>
        Assert.Equal(["a", "b"], (IReadOnlyList<object?>)InputEntries.Read(Form(("in.tags", new StringValues(["a", "b", ""]))), [Input("tags", InputType.Array)])["tags"]!);

    [Fact]
    public void A_step_reads_its_fields_by_their_dotted_names()
    {
        var step = Input("person", InputType.Form) with { Inputs = [Input("name", InputType.String)] };
        Assert.Equal("Noor", InputEntries.Read(Form(("in.person.name", "Noor"), ("in.name", "not this")), [step])["person.name"]);
    }

    [Fact]
    public void An_input_cannot_be_called_like_a_field_of_the_form_itself() =>
        Assert.Empty(InputEntries.Read(Form(("then", "send"), ("touched", "x")), [Input("then", InputType.String), Input("touched", InputType.String)]));

    private static object? Given(InputType type, string typed) => InputEntries.Given(Data.Map(("x", typed)), [Input("x", type)], Lisbon)["x"];

    private static InputDefinition Input(string id, InputType type) => new() { Id = id, Type = type };

    private static FormCollection Form(params (string Name, StringValues Values)[] fields) => new(fields.ToDictionary(field => field.Name, field => field.Values));
}
