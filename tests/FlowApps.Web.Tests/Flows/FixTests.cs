using FlowApps.Domain.Problems;
using FlowApps.Web.Flows;
using FlowApps.Web.Flows.Editing;

namespace FlowApps.Web.Tests.Flows;

public sealed class FixTests
{
    [Theory]
    [InlineData("Did you mean `core.log.Log`?", "core.log.Log")]
    [InlineData("Did you mean 'message'?", "message")]
    [InlineData("It has: id, type.", null)]
    public void A_nearest_word_can_be_put_in_place_of_the_wrong_one(string suggestion, string? word) =>
        Assert.Equal(word, Fix.WordOf(new Problem("unknown_field", "wrong", "tasks[0]", 3, 5, suggestion)));

    [Fact]
    public void Nothing_is_offered_where_the_place_is_not_known() =>
        Assert.Null(Fix.WordOf(new Problem("unknown_field", "wrong", Suggestion: "Did you mean `id`?")));

    [Fact]
    public void Labels_are_read_as_people_type_them_and_written_back() =>
        Assert.Equal("team=shop, year=2026", LabelText.Write(LabelText.List(" team:shop ,, year = 2026\n")));
}
