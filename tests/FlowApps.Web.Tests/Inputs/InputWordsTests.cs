using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;
using FlowApps.Engine.Inputs;
using FlowApps.Expressions;
using FlowApps.Web.Inputs;

namespace FlowApps.Web.Tests.Inputs;

/// <summary>The words are made from what the language itself says, so each is asked for with a real wrong answer.</summary>
public sealed class InputWordsTests
{
    private static readonly InputResolver Resolver = new(new ExpressionEngine(new ExpressionOptions()));

    public static TheoryData<InputDefinition, object?, string> Wrong => new()
    {
        { Of(InputType.String), null, "An answer is needed here." },
        { Of(InputType.File), null, "A file is needed here." },
        { Of(InputType.Select) with { Values = [new("A")] }, null, "Choose one of these." },
        { Of(InputType.Select) with { Values = [new("A")] }, "B", "This is not one of the choices. Choose again." },
        { Of(InputType.String) with { Validator = @"[\s\S]{3,120}" }, "x", "Between 3 and 120 characters are needed." },
        { Of(InputType.String) with { Validator = "[A-Z]{2}", Description = "Two capital letters." }, "x", "This does not have the form that is needed. Two capital letters." },
        { Of(InputType.Int) with { Min = 4 }, "1", "It has to be 4 or more." },
        { Of(InputType.Float) with { Max = 50000 }, "60000", "It can be 50000 at most." },
        { Of(InputType.Int), "many", "A whole number is needed, such as 12." },
        { Of(InputType.Date) with { After = "2026-12-01" }, "2026-11-01", "It has to be 1 December 2026 or later." },
        { Of(InputType.Date), "soon", "A date is needed, such as 2026-11-30." },
        { Of(InputType.Email), "nobody", "An e-mail address is needed, such as name@company.com." },
        { Of(InputType.Json), "{", "This is not valid JSON." },
        { Of(InputType.File) with { AllowedFileExtensions = [".csv"] }, "kestra:///quote.pdf", "Only .csv files can be used here." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_said_in_the_words_of_the_person_who_answered(InputDefinition input, object? answer, string words)
    {
        var given = answer is null ? Data.Map() : Data.Map(("x", answer));
        var problem = Assert.Single(Assert.Single(Resolver.Resolve([input], given, new Scope(Data.Map()))).Errors);
        Assert.Equal(words, InputWords.For(problem, input));
    }

    private static InputDefinition Of(InputType type) => new() { Id = "x", Type = type };
}
