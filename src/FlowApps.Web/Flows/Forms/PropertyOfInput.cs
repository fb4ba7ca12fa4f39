using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Inputs;

namespace FlowApps.Web.Flows.Forms;

/// <summary>How a property of an input is asked for: in a line, in a box of several lines, as a switch or as one of a few words.</summary>
public enum PropertyShape { Line, Lines, Switch, Words }

/// <summary>A property of an input as the form builder asks for it.</summary>
public sealed record PropertyOfInput(string Name, string Title, PropertyShape Shape)
{
    public string? Hint { get; init; }
    public bool IsHalf { get; init; }
    public bool IsCode { get; init; }

    /// <summary>The value that holds where the text gives none.</summary>
    public string Otherwise { get; init; } = "";

    public IReadOnlyList<(string Word, string Title)> Words { get; init; } = [];

    private static readonly PropertyOfInput[] Known =
    [
        new("displayName", "Label", PropertyShape.Line) { IsHalf = true },
        new("id", "Id", PropertyShape.Line) { IsHalf = true, IsCode = true },
        new("type", "Kind", PropertyShape.Words) { IsHalf = true, Words = [.. InputKind.All.Select(kind => (kind.Word, kind.Title))] },
        new("required", "Must be answered", PropertyShape.Switch) { IsHalf = true, Otherwise = "true" },
        new("description", "Help", PropertyShape.Lines),
        new("values", "Choices", PropertyShape.Lines) { Hint = "One a line; “value = label” when people read another word." },
        new("expression", "Choices from an expression", PropertyShape.Line) { IsCode = true },
        new("isRadio", "All choices in sight", PropertyShape.Switch) { IsHalf = true, Otherwise = "false" },
        new("allowCustomValue", "Other answers too", PropertyShape.Switch) { IsHalf = true, Otherwise = "false" },
        new("itemType", "Each item is", PropertyShape.Words) { IsHalf = true, Words = [.. InputKind.All.Where(kind => kind.Word is not ("ARRAY" or "FORM" or "FILE" or NewInput.Rows or "SELECT" or "MULTISELECT")).Select(kind => (kind.Word, kind.Title))] },
        new("defaults", "Filled in with", PropertyShape.Line),
        new("validator", "Pattern", PropertyShape.Line) { IsCode = true, Hint = "A regular expression that the whole answer must match." },
        new("min", "At least", PropertyShape.Line) { IsHalf = true },
        new("max", "At most", PropertyShape.Line) { IsHalf = true },
        new("after", "Not before", PropertyShape.Line) { IsHalf = true },
        new("before", "Not after", PropertyShape.Line) { IsHalf = true },
        new("allowedFileExtensions", "Kinds of files", PropertyShape.Lines) { Hint = "One a line, such as .pdf" },
    ];

    /// <summary>What is asked for of this input: what its type has.</summary>
    public static IEnumerable<PropertyOfInput> Of(WrittenInput input) => Known
        .Where(one => one.Name switch
        {
            "id" or "type" or "displayName" => true,
            "expression" => input.Has(one.Name),
            "values" => input.May(one.Name) && !input.Has("expression"),
            "required" => input.Type != InputType.Form,
            "defaults" => input.May(one.Name) && !input.HasRows,
            "itemType" => input.Type == InputType.Array && !input.HasRows,
            _ => input.May(one.Name),
        })
        .Select(one => one.Name == "defaults" ? Default(one, input.Type) : one);

    private static PropertyOfInput Default(PropertyOfInput one, InputType? type) => type switch
    {
        InputType.Bool or InputType.Boolean => one with { Shape = PropertyShape.Words, IsHalf = true, Words = [("", "nothing"), ("true", "yes"), ("false", "no")] },
        InputType.Multiselect or InputType.Array => one with { Shape = PropertyShape.Lines, Hint = "One a line." },
        InputType.Json or InputType.Yaml => one with { Shape = PropertyShape.Lines, IsCode = true },
        _ => one,
    };
}
