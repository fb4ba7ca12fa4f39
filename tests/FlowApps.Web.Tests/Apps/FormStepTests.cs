using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Web.Apps.Forms;

namespace FlowApps.Web.Tests.Apps;

public sealed class FormStepTests
{
    private static readonly InputResolver Resolver = new(new ExpressionEngine(new ExpressionOptions()));

    [Fact]
    public void A_form_without_steps_is_one_page()
    {
        var step = Assert.Single(Steps([Input("a"), Input("b")]));
        Assert.Null(step.Title);
        Assert.Equal(["a", "b"], step.Inputs.Select(input => input.Input.Id));
    }

    [Fact]
    public void Each_form_input_is_a_step_and_so_is_what_stands_between_them()
    {
        var steps = Steps([Input("first"), Form("person", Input("name"), Input("mail")), Input("between"), Form("first_day", Input("date"))]);
        Assert.Equal([null, "person", null, "First day"], steps.Select(step => step.Title == "Person" ? "person" : step.Title));
        Assert.Equal(["first", "person.name,person.mail", "between", "first_day.date"], steps.Select(step => string.Join(",", step.Inputs.Select(input => input.Input.Id))));
    }

    [Fact]
    public void A_step_of_which_nothing_is_asked_is_not_there()
    {
        var hidden = Form("desk", Input("number")) with { DependsOn = new InputDependency(["remote"], "{{ inputs.remote != 'yes' }}") };
        Assert.Equal(["~0", "desk"], Steps([Input("remote"), hidden], ("remote", "no")).Select(step => step.Id));
        Assert.Equal(["~0"], Steps([Input("remote"), hidden], ("remote", "yes")).Select(step => step.Id));
    }

    private static IReadOnlyList<FormStep> Steps(IReadOnlyList<InputDefinition> inputs, params (string, object?)[] given) =>
        FormStep.Of(new Flow { Id = "f", Namespace = "n", Inputs = inputs, Tasks = [] }, Resolver.Resolve(inputs, Data.Map(given), new Scope(Data.Map())));

    private static InputDefinition Input(string id) => new() { Id = id, Type = InputType.String };

    private static InputDefinition Form(string id, params InputDefinition[] inputs) => new() { Id = id, Type = InputType.Form, Inputs = inputs };
}
