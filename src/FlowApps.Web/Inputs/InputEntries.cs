using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Inputs;

/// <summary>
/// What a person typed into a form of inputs, to the letter: the map that drafts keep and that is shown again when a form is refused.
/// <c>Given</c> turns it into what the inputs are resolved from.
/// </summary>
public static partial class InputEntries
{
    /// <summary>Before an input's id in the name of its control, so that no input can be called like a field of the form itself.</summary>
    public const string Prefix = "in.";

    /// <summary>Reads the controls of these inputs; what was not sent is left out, several controls of one name become a list.</summary>
    public static OrderedDictionary<string, object?> Read(IFormCollection form, IEnumerable<InputDefinition> inputs)
    {
        var entries = Data.Map();
        foreach (var input in Flatten(inputs))
        {
            var entry = input.HasRows ? InputRows.Read(form, input) : Read(form, Prefix + input.Id, input);
            if (entry is not null) entries[input.Id] = entry;
        }
        return entries;
    }

    /// <summary>What stands in the control of one input; null when it was not sent.</summary>
    internal static object? Read(IFormCollection form, string name, InputDefinition input) => !form.TryGetValue(name, out var sent) ? null : input.Type switch
    {
        InputType.Multiselect or InputType.Array => sent.Where(text => !string.IsNullOrEmpty(text)).Cast<object?>().ToList(),
        // The empty file control of a plain form post is a field without a value.
        InputType.File => sent.FirstOrDefault(text => !string.IsNullOrEmpty(text)) ?? "",
        // A checkbox follows a hidden "false"; the last one counts.
        _ => sent[^1] ?? "",
    };

    /// <summary>Typed text to given values: nothing typed is absent, numbers lose their grouping, local date-times get the reader's zone.</summary>
    public static OrderedDictionary<string, object?> Given(IReadOnlyDictionary<string, object?> entries, IEnumerable<InputDefinition> inputs, TimeZoneInfo zone)
    {
        var given = Data.Map();
        foreach (var input in Flatten(inputs))
        {
            if (!entries.TryGetValue(input.Id, out var entry) || entry is null or "" or IReadOnlyList<object?> { Count: 0 }) continue;
            if (!input.HasRows) given[input.Id] = entry is string text ? Given(input.Type, text, zone) : entry;
            else if (InputRows.Given(entry, input, zone) is { Count: > 0 } rows) given[input.Id] = rows;
        }
        return given;
    }

    /// <summary>Values of an earlier time as somebody would have typed them; files and secrets are left out, and so is what has another type by now.</summary>
    public static OrderedDictionary<string, object?> Of(IReadOnlyDictionary<string, object?> values, IEnumerable<InputDefinition> inputs)
    {
        var entries = Data.Map();
        foreach (var input in Flatten(inputs).Where(input => input.Type is not (InputType.File or InputType.Secret)))
        {
            var value = ValueAt(values, input.Id);
            if (input.HasRows && value is IReadOnlyList<object?> rows)
                entries[input.Id] = rows.OfType<IReadOnlyDictionary<string, object?>>().Select(object? (row) => Of(row, input.Inputs)).ToList();
            else if (!input.HasRows && value is not null)
                entries[input.Id] = Typed(value);
        }
        return entries;
    }

    private static object? ValueAt(IReadOnlyDictionary<string, object?> values, string id)
    {
        object? at = values;
        foreach (var part in id.Split('.')) at = (at as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(part);
        return at;
    }

    private static object? Typed(object value) => value switch
    {
        string => value,
        IReadOnlyList<object?> list => list.Select(item => item is null ? null : Typed(item)).ToList(),
        bool flag => flag ? "true" : "false",
        IReadOnlyDictionary<string, object?> => Data.Write(value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    /// <summary>Every input that is a field, those inside FORM steps by their dotted id.</summary>
    public static IEnumerable<InputDefinition> Flatten(IEnumerable<InputDefinition> inputs) => inputs.SelectMany(input => input.Type == InputType.Form
        ? input.Inputs.Select(child => child.Id.StartsWith(input.Id + ".", StringComparison.Ordinal) ? child : child with { Id = $"{input.Id}.{child.Id}" })
        : [input]);

    private static string Given(InputType type, string text, TimeZoneInfo zone) => type switch
    {
        InputType.Int or InputType.Float => PlainNumber(text),
        InputType.Datetime => Instant(text, zone),
        InputType.Time when text.Length == 5 => text + ":00",
        InputType.Duration => FriendlyDuration(text),
        InputType.Email or InputType.Uri or InputType.Date => text.Trim(),
        _ => text,
    };

    /// <summary>"1,847.00", "1.847,00", "1 847" and "1847" are the same number; the last separator is the decimal one unless it groups thousands.</summary>
    internal static string PlainNumber(string text)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not '\'' and not '’' and not '€' and not '$'));
        var comma = digits.LastIndexOf(',');
        var dot = digits.LastIndexOf('.');
        if (comma < 0) return digits;
        if (Thousands().IsMatch(digits)) return digits.Replace(",", "", StringComparison.Ordinal);
        return dot > comma
            ? digits.Replace(",", "", StringComparison.Ordinal)
            : digits.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
    }

    /// <summary>"2 h 30 min", "90m", "3 days" as ISO-8601; anything else stays as typed, for the refusal to name.</summary>
    internal static string FriendlyDuration(string text)
    {
        var parts = DurationPart().Matches(text);
        if (parts.Count == 0 || parts.Sum(part => part.Length) != text.Replace(" ", "", StringComparison.Ordinal).Length + parts.Sum(part => part.Value.Count(c => c == ' ')))
            return text.Trim();
        var total = TimeSpan.Zero;
        foreach (Match part in parts)
        {
            var amount = double.Parse(part.Groups[1].Value.Replace(',', '.'), CultureInfo.InvariantCulture);
            total += part.Groups[2].Value[0] switch
            {
                'd' or 'D' => TimeSpan.FromDays(amount),
                'h' or 'H' => TimeSpan.FromHours(amount),
                'm' or 'M' => TimeSpan.FromMinutes(amount),
                _ => TimeSpan.FromSeconds(amount),
            };
        }
        return Duration.Write(total);
    }

    private static string Instant(string text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var moment) || moment.Kind != DateTimeKind.Unspecified) return text;
        return TimeZoneInfo.ConvertTimeToUtc(moment, zone).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^-?\d{1,3}(,\d{3})+(\.\d+)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"(\d+(?:[.,]\d+)?)\s*(days?|d|hours?|h|minutes?|mins?|m|seconds?|secs?|s)\b\s*", RegexOptions.IgnoreCase)]
    private static partial Regex DurationPart();
}
