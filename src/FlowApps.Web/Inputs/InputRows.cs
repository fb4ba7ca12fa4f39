using System.Globalization;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Inputs;

/// <summary>
/// The rows of an ARRAY of FORM as controls: <c>in.items[0].name</c>. A button named <c>rows</c> with the value <c>add:items</c> or <c>remove:items:0</c> changes how many there are,
/// with a script or without one.
/// </summary>
public static class InputRows
{
    /// <summary>The name of the buttons that add and remove rows.</summary>
    public const string Command = "rows";

    /// <summary>More are not read, whatever a form sends.</summary>
    public const int Most = 200;

    /// <summary>The name of a control in a row, without the prefix of inputs.</summary>
    public static string Name(string id, int row, string field) => string.Create(CultureInfo.InvariantCulture, $"{id}[{row}].{field}");

    /// <summary>What was typed, row by row, after the pressed button; null when the form has no control of it.</summary>
    public static List<object?>? Read(IFormCollection form, InputDefinition input)
    {
        var start = $"{InputEntries.Prefix}{input.Id}[";
        var count = form.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal)).Select(key => IndexOf(key, start.Length) + 1).DefaultIfEmpty(0).Max();
        var commands = form[Command].Select(command => command!.Split(':')).Where(command => command.Length > 1 && command[1] == input.Id).ToList();
        if (count == 0 && commands.Count == 0) return null;
        var rows = Enumerable.Range(0, Math.Min(count, Most)).Select(object? (row) => Row(form, input, row)).ToList();
        foreach (var command in commands)
        {
            if (command is ["add", _] && rows.Count < Most) rows.Add(Data.Map());
            if (command is ["remove", _, var at] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < rows.Count) rows.RemoveAt(index);
        }
        return rows;
    }

    /// <summary>Typed rows to given ones: those in which nothing was typed are not there.</summary>
    public static List<object?> Given(object? entry, InputDefinition input, TimeZoneInfo zone) => entry is IReadOnlyList<object?> rows
        ? [.. rows.OfType<IReadOnlyDictionary<string, object?>>().Select(row => InputEntries.Given(row, input.Inputs, zone)).Where(row => row.Any(pair => pair.Value is not "false"))]
        : [];

    private static OrderedDictionary<string, object?> Row(IFormCollection form, InputDefinition input, int row)
    {
        var entries = Data.Map();
        foreach (var field in input.Inputs)
            if (InputEntries.Read(form, InputEntries.Prefix + Name(input.Id, row, field.Id), field) is { } entry) entries[field.Id] = entry;
        return entries;
    }

    private static int IndexOf(string key, int from) =>
        key.IndexOf(']', from) is > 0 and var end && int.TryParse(key.AsSpan(from, end - from), NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row < Most ? row : -1;
}
