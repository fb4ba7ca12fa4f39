using FlowApps.Domain.Inputs;
using FlowApps.Web.Flows.Forms;
using FlowApps.Yaml.Inputs;

namespace FlowApps.Web.Tests.Flows;

public sealed class InputKindTests
{
    [Fact]
    public void The_form_builder_offers_every_type_of_input_under_one_name() =>
        Assert.Equal(NewInput.All.Select(kind => kind.Word), InputKind.All.Select(kind => kind.Word));

    [Fact]
    public void A_new_input_can_be_of_every_type_but_the_old_names_of_two() =>
        Assert.Equal(Enum.GetValues<InputType>().Except([InputType.Boolean, InputType.Enum]).Order(), NewInput.All.Select(kind => kind.Type).Distinct().Order());

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_kind_is_asked_for_what_it_has(string word)
    {
        var source = InputSource.Add("id: a\ntasks: []\n", null, NewInput.Of(word)!).Text;
        var input = InputSource.Read(source)!.Single();
        Assert.Equal(word, InputKind.Of(input).Word);
        foreach (var property in PropertyOfInput.Of(input).Where(property => property.Name is not ("id" or "type" or "displayName"))) Assert.True(input.May(property.Name), property.Name);
    }

    public static TheoryData<string> Words() => [.. NewInput.All.Select(kind => kind.Word)];
}
