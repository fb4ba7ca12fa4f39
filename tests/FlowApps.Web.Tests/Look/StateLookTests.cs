using Bunit;
using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Tests.Look;

public sealed class StateLookTests : BunitContext
{
    public static TheoryData<State> States => new(Enum.GetValues<State>());

    private static readonly string[] NotForPeople = ["execution", "workflow", "flow", "task", "pause", "resume", "kill", "trigger", "payload", "null", "success"];

    [Theory]
    [MemberData(nameof(States))]
    public void Requesters_and_approvers_never_read_a_word_of_the_machinery(State state)
    {
        var text = Render<StateBadge>(badge => badge.Add(b => b.State, state).Add(b => b.People, true)).Find(".fl-state").TextContent;
        Assert.NotEmpty(text.Trim());
        Assert.All(NotForPeople, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_badge_has_shape_and_word_and_the_stylesheet_draws_the_shape(State state)
    {
        var badge = Render<StateBadge>(b => b.Add(p => p.State, state));
        var shape = badge.Find(".fl-glyph").GetAttribute("data-state")!;
        Assert.Equal(shape, badge.Find(".fl-state").GetAttribute("data-state"));
        Assert.Equal(state.ToString(), badge.Find(".fl-state").TextContent.Trim());
        var css = File.ReadAllText(Testing.Repository.Path("src", "FlowApps.Web", "Client", "css", "states.css"));
        // CREATED is the stylesheet's own default.
        if (shape != "CREATED") Assert.Contains($"[data-state={shape}]", css, StringComparison.Ordinal);
    }
}
