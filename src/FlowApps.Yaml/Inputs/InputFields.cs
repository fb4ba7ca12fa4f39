using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Inputs;

/// <summary>Which fields each type of input has beside the common ones (kestra-semantics 2.1, 2.2).</summary>
internal static class InputFields
{
    private static readonly string[] Common = ["id", "name", "type", "description", "displayName", "required", "defaults", "prefill", "dependsOn"];

    private static readonly Dictionary<InputType, FieldFilter> ByType = Enum.GetValues<InputType>().ToDictionary(t => t, t => new FieldFilter(
        $"an input of type {t.ToString().ToUpperInvariant()}", Common.Concat(Own(t)).ToHashSet(StringComparer.Ordinal)));

    /// <summary>All properties in the order in which they are written.</summary>
    public static IReadOnlyList<string> Properties { get; } =
    [
        "id", "name", "type", "itemType", "displayName", "description", "required", "values", "options", "expression", "allowCustomValue", "isRadio", "autoSelectFirst", "defaults", "prefill",
        "validator", "min", "max", "after", "before", "extension", "accept", "allowedFileExtensions", "jsonSchema", "dependsOn", "inputs",
    ];

    public static FieldFilter Of(InputType type) => ByType[type];

    /// <summary>Values of the type are text, so a default is taken as it is written (1.10 stays 1.10).</summary>
    public static bool IsText(InputType type) => type is not (InputType.Int or InputType.Float or InputType.Bool or InputType.Boolean or InputType.Json or InputType.Yaml or
        InputType.Array or InputType.Multiselect or InputType.Form);

    private static string[] Own(InputType type) => type switch
    {
        InputType.String or InputType.Secret => ["validator"],
        InputType.Int or InputType.Float or InputType.Duration => ["min", "max"],
        InputType.Date or InputType.Datetime or InputType.Time => ["after", "before"],
        InputType.File => ["extension", "accept", "allowedFileExtensions"],
        InputType.Json => ["jsonSchema"],
        InputType.Array => ["itemType", "inputs", "min", "max"],
        InputType.Select => ["values", "expression", "allowCustomValue", "isRadio", "autoSelectFirst"],
        InputType.Multiselect => ["values", "options", "expression", "itemType", "allowCustomValue", "autoSelectFirst"],
        InputType.Enum => ["values"],
        InputType.Form => ["inputs"],
        _ => [],
    };
}
