using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>What a person typed for a value that is no text by nature: a number stays one.</summary>
internal sealed record Typed(string Text);

/// <summary>Writes the values of inputs as YAML: text, <see cref="Typed"/>, true or false, lists, maps.</summary>
internal static class InputText
{
    /// <summary>A choice as it is typed: <c>value</c> or <c>value = label</c>.</summary>
    public static object Choice(string line) =>
        line.IndexOf(" = ", StringComparison.Ordinal) is > 0 and var at ? new OrderedDictionary<string, object?> { ["value"] = line[..at].TrimEnd(), ["label"] = line[(at + 3)..].TrimStart() } : line;

    /// <summary>A value with what parts it from its key.</summary>
    public static string Value(object? value, ValuePlace place) => value switch
    {
        IReadOnlyList<object?> { Count: > 0 } list when !place.InFlow => string.Concat(list.Select(item => $"{place.Break}{Item(item, false, place.Indent + 2, place.Break)}")),
        string text when !place.InFlow && ScalarText.Block(text, place.Indent + 2, place.Break) is { } block => " " + block,
        _ => " " + Flow(value, place.InFlow),
    };

    /// <summary>An item of a list.</summary>
    public static string Item(object? item, bool inFlow, int indent, string lineBreak)
    {
        if (inFlow) return Flow(item, true);
        var margin = new string(' ', indent);
        return margin + "- " + (item is IReadOnlyDictionary<string, object?> map && map.Values.All(value => value is not null) && IsBroad(map)
            ? string.Join($"{lineBreak}{margin}  ", map.Select(entry => $"{entry.Key}:{Value(entry.Value, new ValuePlace(false, indent + 2, lineBreak))}"))
            : Flow(item, false));
    }

    /// <summary>The edits that make a list of texts another one: what stays at its beginning and its end is not touched.</summary>
    public static IEnumerable<SourceEdit> Change(SourceLines lines, SourceList list, IReadOnlyList<object?> items)
    {
        var before = list.Items.Select(item => lines.Text[item.Start..item.End]).ToList();
        var wanted = items.Select(item => Flow(item, list.IsFlow)).ToList();
        var now = wanted.Select((text, at) => Kept(list, items[at]) is { } kept ? lines.Text[kept.Start..kept.End] : text).ToList();
        var first = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var last = before.Skip(first).Reverse().Zip(now.Skip(first).Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        // New lines come behind one that is there.
        if (first == before.Count - last && first > 0 && now.Count > before.Count) first--;
        else if (first == before.Count - last && last > 0 && now.Count > before.Count) last--;
        return new ListText(lines, list).Replace(first, before.Count - first - last, [.. now.Skip(first).Take(now.Count - first - last)]);
    }

    /// <summary>How the text already says it.</summary>
    private static SourceNode? Kept(SourceList list, object? item) => list.Items.FirstOrDefault(there => there switch
    {
        SourceScalar scalar => item is string text && scalar.Text == text,
        SourceMap map => item is IReadOnlyDictionary<string, object?> wanted && map.Entries.Count == wanted.Count && wanted.All(entry => map[entry.Key]?.Value is SourceScalar value && value.Text == (string?)entry.Value),
        _ => false,
    });

    private static string Flow(object? value, bool inFlow) => value switch
    {
        bool flag => flag ? "true" : "false",
        Typed typed => ScalarText.OfTyped(typed.Text, inFlow),
        string text => ScalarText.Of(text, inFlow),
        IReadOnlyDictionary<string, object?> map => $"{{{string.Join(", ", map.Select(entry => $"{entry.Key}: {Flow(entry.Value, true)}"))}}}",
        IReadOnlyList<object?> list => $"[{string.Join(", ", list.Select(item => Flow(item, true)))}]",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value, null),
    };

    /// <summary>An input has lines of its own; a choice with its label is one line.</summary>
    private static bool IsBroad(IReadOnlyDictionary<string, object?> map) => map.ContainsKey("type");
}
