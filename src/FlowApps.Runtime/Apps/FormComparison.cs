using FlowApps.Domain.Apps;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Apps;

/// <summary>A resolved form against what a case expects of it.</summary>
internal static class FormComparison
{
    public static IEnumerable<string> Of(ResolvedForm form, FormExpectation expected)
    {
        var fields = Fields(form.Inputs, "").ToDictionary(field => field.Path, field => field.Input, StringComparer.Ordinal);
        return Seen(fields, expected).Concat(Wrong(form, expected.Errors)).Concat(Held(fields, expected)).Concat(Checked(form, expected));
    }

    private static IEnumerable<(string Path, ResolvedInput Input)> Fields(IEnumerable<ResolvedInput> inputs, string root) => inputs.SelectMany(input =>
        input.Rows.SelectMany((row, i) => Fields(row, $"{root}{input.Input.Id}[{i}].")).Prepend((root + input.Input.Id, input)));

    private static IEnumerable<string> Seen(Dictionary<string, ResolvedInput> fields, FormExpectation expected)
    {
        foreach (var path in expected.Visible)
            if (Find(fields, path) is not { } field) yield return Unknown(path);
            else if (!field.Enabled) yield return $"visible: {path} is not asked for";
        foreach (var path in expected.Hidden)
            if (Find(fields, path) is not { } field) yield return Unknown(path);
            else if (field.Enabled) yield return $"hidden: {path} is asked for";
    }

    private static IEnumerable<string> Wrong(ResolvedForm form, IReadOnlyDictionary<string, object?>? expected)
    {
        if (expected is null) yield break;
        var found = form.Inputs.Where(input => input.Enabled).SelectMany(input => input.Errors).Select(error => (Path: error.Path ?? "", error.Message)).ToList();
        foreach (var (path, part) in expected)
            if (found.Where(error => error.Path == path).Select(error => error.Message).ToList() is var own && !own.Any(message => message.Contains(part?.ToString() ?? "", StringComparison.OrdinalIgnoreCase)))
                yield return own.Count == 0 ? $"errors: nothing is wrong with {path}" : $"errors: {path} says “{string.Join(" ", own)}”";
        foreach (var error in found.Where(error => !expected.ContainsKey(error.Path))) yield return $"errors: {error.Path} is wrong too: “{error.Message}”";
    }

    private static IEnumerable<string> Held(Dictionary<string, ResolvedInput> fields, FormExpectation expected)
    {
        foreach (var (path, value) in expected.Values)
            if (Find(fields, path) is not { } field) yield return Unknown(path);
            else if (!Same(field.Value, value)) yield return $"values: {path} is {Data.Write(field.Value)}";
        foreach (var (path, choices) in expected.Choices)
            if (Find(fields, path) is not { } field) yield return Unknown(path);
            else if (field.Options.Select(object? (option) => option.Value).ToList() is var offered && !Same(offered, choices)) yield return $"choices: {path} offers {Data.Write(offered)}";
    }

    private static IEnumerable<string> Checked(ResolvedForm form, FormExpectation expected)
    {
        var failing = form.Failing.Select(check => check.Message).ToList();
        foreach (var part in expected.Checks ?? [])
            if (!failing.Any(message => message.Contains(part, StringComparison.OrdinalIgnoreCase))) yield return $"checks: no failing check says “{part}”";
        if (expected.Checks is { } wanted)
            foreach (var message in failing.Where(message => !wanted.Any(part => message.Contains(part, StringComparison.OrdinalIgnoreCase)))) yield return $"checks: this one fails too: “{message}”";
        var sendable = !form.IsWrong && !form.IsBlocked;
        if (expected.Sendable is { } should && should != sendable) yield return sendable ? "sendable: it could be sent" : "sendable: it could not be sent";
    }

    private static ResolvedInput? Find(Dictionary<string, ResolvedInput> fields, string path) => fields.GetValueOrDefault(path);

    private static string Unknown(string path) => $"there is no field {path}";

    // A whole number and the same one with a fraction of nothing are one value.
    private static bool Same(object? found, object? wanted) => Data.Write(found) == Data.Write(wanted) ||
        double.TryParse(found?.ToString(), out var a) && double.TryParse(wanted?.ToString(), out var b) && a.Equals(b) || found is string text && wanted is not null && text == wanted.ToString();
}
