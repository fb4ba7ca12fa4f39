using System.Text.RegularExpressions;
using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>What one input must be in itself (kestra-semantics 2.1, 2.2).</summary>
internal static class InputRules
{
    public static void Check(InputDefinition input, Findings findings)
    {
        if (Identifiers.Problem(input.Id, IdKind.Input) is { } wrong) findings.Report(input, "invalid_id", wrong, "id");
        if (input.DisplayName is { Length: > 64 }) findings.Report(input, "too_long", "must not be longer than 64 characters", "displayName");
        if (input is { Type: InputType.File, Defaults: not null }) findings.Report(input, "no_defaults", $"{input.Id}: no `defaults` can be set for inputs of type 'FILE'", "defaults");
        if (input is { Type: InputType.Form, Defaults: not null }) findings.Report(input, "no_defaults", $"{input.Id}: no `defaults` can be set for inputs of type 'FORM'", "defaults", "Set the defaults of its inputs.");
        if (input is { Type: InputType.Array, ItemType: null }) findings.Report(input, "missing_field", "must not be null", "itemType", "Give the type of the elements, such as STRING.");
        if (input.ItemType is InputType.Array && input.Type == InputType.Array) findings.Report(input, "wrong_value", $"{input.Id}: `itemType` cannot be `{input.ItemType.ToString()!.ToUpperInvariant()}`", "itemType");
        if (input is { Type: InputType.Form, Inputs: var parts } && parts.Any(i => i.Type == InputType.Form)) findings.Report(input, "wrong_value", $"{input.Id}: a FORM cannot hold another FORM", "inputs");
        CheckRows(input, findings);
        if (input.Validator is { } pattern && !IsPattern(pattern)) findings.Report(input, "invalid_pattern", $"invalid pattern: `{pattern}` is not a regular expression", "validator");
        CheckChoices(input, findings);
    }

    public static void CheckId(string id, NodePath path, YamlMapping map, Findings findings)
    {
        if (Identifiers.Problem(id, IdKind.Input) is { } wrong) findings.Report("invalid_id", wrong, path.Child("id"), map["id"]!);
    }

    private static void CheckRows(InputDefinition input, Findings findings)
    {
        if (input.Type != InputType.Array) return;
        if (input.HasRows && input.Inputs.Count == 0) findings.Report(input, "missing_field", $"{input.Id}: an ARRAY of FORM needs `inputs`", null, "List in `inputs` what each row asks for.");
        if (!input.HasRows && input.Inputs.Count > 0) findings.Report(input, "wrong_value", $"{input.Id}: `inputs` belong to an ARRAY of FORM", "inputs", "Write `itemType: FORM`.");
        foreach (var part in input.Inputs.Where(part => part.Type is InputType.Form or InputType.File || part.HasRows))
            findings.Report(part, "wrong_value", $"{input.Id}: a row cannot ask for {(part.Type == InputType.File ? "a FILE" : part.Type == InputType.Form ? "a FORM" : "rows")}", "type");
        foreach (var (bound, field) in new[] { (input.Min, "min"), (input.Max, "max") })
            if (bound is not null and not (int or long)) findings.Report(input, "wrong_value", "a whole number is expected", field);
    }

    private static void CheckChoices(InputDefinition input, Findings findings)
    {
        if (input.Type is not (InputType.Select or InputType.Multiselect or InputType.Enum)) return;
        var none = input.Values is null && input.Expression is null;
        if (none) findings.Report(input, "missing_field", $"{input.Id}: `values` or `expression` must be set", null, "List the choices in `values`.");
        if (input is { Values: not null, Expression: not null }) findings.Report(input, "wrong_value", $"{input.Id}: only one of `values` and `expression` can be set", "expression");
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.None, TimeSpan.FromMilliseconds(100));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
