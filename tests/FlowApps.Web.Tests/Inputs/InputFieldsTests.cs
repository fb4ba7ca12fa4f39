using System.Reflection;
using FlowApps.Domain.Inputs;
using FlowApps.Web.Inputs;

namespace FlowApps.Web.Tests.Inputs;

public sealed class InputFieldsTests
{
    [Theory]
    [MemberData(nameof(Types))]
    public void Every_type_of_input_has_exactly_one_field(InputType type)
    {
        var fields = typeof(InputFields).Assembly.GetTypes().Where(field => field.GetCustomAttribute<InputFieldAttribute>()?.Types.Contains(type) == true).ToList();
        Assert.Equal(InputFields.For(type), Assert.Single(fields));
    }

    [Fact]
    public void A_form_is_a_step_and_no_field() => Assert.Null(InputFields.For(InputType.Form));

    public static TheoryData<InputType> Types => [.. Enum.GetValues<InputType>().Except([InputType.Form])];
}
