using FlowApps.Domain.Apps;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Apps.Wording;

namespace FlowApps.Web.Tests.Apps;

public sealed class AppWordingTests
{
    private static readonly App App = new()
    {
        Id = "a",
        Type = "apps.Execution",
        Namespace = "n",
        FlowId = "f",
        DisplayName = "Ask",
        Translations = new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["de"] = new Dictionary<string, string> { ["Ask"] = "Fragen", ["Who"] = "Wer", ["Train"] = "Zug" },
            ["pt-BR"] = new Dictionary<string, string> { ["Ask"] = "Perguntar" },
        },
    };

    [Theory]
    [InlineData("de", "Fragen")]
    [InlineData("de-CH", "Fragen")]
    [InlineData("fr,de", "Fragen")]
    [InlineData("pt-BR", "Perguntar")]
    [InlineData("pt", "Ask")]
    [InlineData("en-GB,de", "Ask")]
    [InlineData("", "Ask")]
    public void The_first_wanted_language_that_the_app_has_is_taken(string wanted, string title) =>
        Assert.Equal(title, AppWording.Of(App, wanted.Split(',', StringSplitOptions.RemoveEmptyEntries)).Of(App).DisplayName);

    [Fact]
    public void Labels_choices_and_rows_are_translated_and_values_are_not()
    {
        var wording = AppWording.Of(App, ["de"]);
        var field = new ResolvedInput(new InputDefinition { Id = "who", Type = InputType.Select, DisplayName = "Who" }, "Train", true, false, []) { Options = [new InputOption("Train")] };
        var rows = wording.Of(new ResolvedInput(new InputDefinition { Id = "rows", Type = InputType.Array }, null, true, false, []) { Rows = [[field]] });
        Assert.Equal("Wer", rows.Rows[0][0].Input.Title);
        Assert.Equal(("Train", "Zug", "Train"), (rows.Rows[0][0].Options[0].Value, rows.Rows[0][0].Options[0].Text, rows.Rows[0][0].Value));
    }
}
