using System.Text.RegularExpressions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Problems;
using FlowApps.Web.Requests;

namespace FlowApps.Web.Inputs;

/// <summary>What is wrong with an answer, in the words of the person who gave it. The language's own message is for developers and programs.</summary>
public static partial class InputWords
{
    public static string For(Problem problem, InputDefinition input)
    {
        if (problem.Code == "missing_input") return input.Type switch
        {
            InputType.File => "A file is needed here.",
            InputType.Select or InputType.Enum or InputType.Multiselect => "Choose one of these.",
            _ => "An answer is needed here.",
        };
        var reason = Reason(problem.Message);
        return reason switch
        {
            _ when Says("it must match the pattern") => Pattern(input),
            _ when Says("it must match the values") => "This is not one of the choices. Choose again.",
            _ when Says("it must be one of the file types") => $"Only {string.Join(", ", input.AllowedFileExtensions ?? [])} files can be used here.",
            _ when Says("it must be more than") => $"It has to be {input.Min} or more.",
            _ when Says("it must be less than") => $"It can be {input.Max} at most.",
            _ when Says("it must be after") => $"It has to be {AnswerText.Of(input.After, input.Type)} or later.",
            _ when Says("it must be before") => $"It can be {AnswerText.Of(input.Before, input.Type)} at the latest.",
            _ when Wanted(input.Type) is { } wanted && (input.Type is not (InputType.Json or InputType.Yaml) || Says("it is not valid")) => wanted,
            _ => char.ToUpperInvariant(reason[0]) + reason[1..].TrimEnd('.') + ".",
        };

        bool Says(string start) => reason.StartsWith(start, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A pattern that only counts characters is said as a number; others by the author's own hint.</summary>
    private static string Pattern(InputDefinition input) => Counting().Match(input.Validator ?? "") switch
    {
        { Success: true } match when match.Groups["to"].Length == 0 => $"{match.Groups["from"]} characters or more are needed.",
        { Success: true } match => $"Between {match.Groups["from"]} and {match.Groups["to"]} characters are needed.",
        _ => input.Description is null ? $"This does not have the form that is needed ({input.Validator})." : $"This does not have the form that is needed. {input.Description}",
    };

    /// <summary>The language says "Invalid input for `id`, reason, but received `value`"; people need the reason.</summary>
    private static string Reason(string message)
    {
        var from = message.StartsWith("Invalid input for `", StringComparison.Ordinal) ? message.IndexOf("`, ", StringComparison.Ordinal) + 3 : 0;
        var to = message.LastIndexOf(", but received `", StringComparison.Ordinal);
        return to > from ? message[from..to] : message;
    }

    private static string? Wanted(InputType type) => type switch
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
        _ => null,
    };

    [GeneratedRegex(@"^\^?(?:\.|\[\\s\\S\])\{(?<from>\d+),(?<to>\d*)\}\$?$")]
    private static partial Regex Counting();
}
