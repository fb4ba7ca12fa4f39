using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;

namespace FlowApps.Web.Inputs;

/// <summary>What is wrong with an answer, in the words of the person who gave it. The language's own message is for developers and programs.</summary>
public static class InputWords
{
    public static string For(Problem problem, InputDefinition input) => problem.Code switch
    {
        "input_missing" => input.Type switch
        {
            InputType.File => "A file is needed here.",
            InputType.Select or InputType.Enum or InputType.Multiselect => "Choose one of these.",
            _ => "An answer is needed here.",
        },
        "input_pattern" => input.Description is null ? $"This does not have the form that is needed ({input.Validator})." : $"This does not have the form that is needed. {input.Description}",
        "input_min" => $"It has to be {input.Min} or more.",
        "input_max" => $"It can be {input.Max} at most.",
        "input_after" => $"It has to be {input.After} or later.",
        "input_before" => $"It can be {input.Before} at the latest.",
        "input_choice" => "This is not one of the choices any more. Choose again.",
        "input_type" => Wanted(input.Type),
        "input_extension" => $"Only {string.Join(", ", input.AllowedFileExtensions ?? [])} files can be used here.",
        _ => problem.Suggestion is null ? Shortened(problem.Message) : $"{Shortened(problem.Message)} {problem.Suggestion}",
    };

    private static string Wanted(InputType type) => type switch
    {
        InputType.Int => "A whole number is needed, such as 12.",
        InputType.Float => "A number is needed, such as 12.50.",
        InputType.Date => "A date is needed, such as 2026-11-30.",
        InputType.Datetime => "A date and time are needed, such as 2026-11-30 14:00.",
        InputType.Time => "A time is needed, such as 14:00.",
        InputType.Duration => "A length of time is needed, such as 2 h 30 min.",
        InputType.Email => "An e-mail address is needed, such as name@company.com.",
        InputType.Uri => "A web address is needed, such as https://company.com.",
        InputType.Json => "This is not valid JSON.",
        InputType.Yaml => "This is not valid YAML.",
        InputType.Array => "One of these does not fit; check each line.",
        _ => "This answer cannot be read.",
    };

    /// <summary>The language says "Invalid input for `id`, reason, but received `value`"; people need the reason.</summary>
    private static string Shortened(string message)
    {
        var parts = message.Split(", ");
        var reason = parts.Length >= 3 && message.StartsWith("Invalid input for", StringComparison.Ordinal) ? string.Join(", ", parts[1..^1]) : message;
        return reason.Length == 0 ? message : char.ToUpperInvariant(reason[0]) + reason[1..].TrimEnd('.') + ".";
    }
}
