using System.Globalization;
using System.Text.RegularExpressions;
using FlowApps.Domain.Problems;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>A changed text, and where the input stands in it that was added, moved or changed; null when it is gone.</summary>
public sealed record RewrittenInputs(string Text, string? Path);

/// <summary>
/// Changes the inputs in a flow's text and leaves everything else to the letter: comments, order, quotes, line ends. Inputs are named by their place,
/// <c>inputs[0]</c> or <c>inputs[2].inputs[0]</c>. Errors of all: Invalid when the text cannot be read; Conflict when there is no such input in it (any more).
/// </summary>
public static partial class InputSource
{
    /// <summary>The inputs of a text whose YAML can be read, whatever else is wrong with it; null when it cannot.</summary>
    public static IReadOnlyList<WrittenInput>? Read(string source) =>
        YamlText.Read(source).Root is YamlMapping root ? root["inputs"] is YamlSequence inputs ? WrittenInput.In(inputs, "inputs") : [] : null;

    /// <summary>Adds an input at the end, of the flow or of the FORM at <paramref name="within"/>.</summary>
    public static RewrittenInputs Add(string source, string? within, NewInput kind)
    {
        var (mark, lines, root) = Open(source);
        var owner = within is null ? root : Find(root, within);
        var id = FreeId(kind.Id, SiblingsOf(source, within).Select(input => input.Id).ToList());
        var list = owner["inputs"]?.Value;
        var at = list is SourceList there ? there.Items.Count : 0;
        var edit = list is SourceList { Items.Count: > 0 } items
            ? new ListText(lines, items).Insert(at - 1, ItemOf(kind, id, items.IsFlow, lines.Column(items.Start), lines.Break))
            : First(lines, owner, within is null, kind, id);
        return Checked(mark, lines, [edit], $"{(within is null ? "" : within + ".")}inputs[{at}]");
    }

    /// <summary>Puts an input at another place of its own list, counted from 0.</summary>
    public static RewrittenInputs Move(string source, string path, int to)
    {
        var (mark, lines, root) = Open(source);
        var (list, at) = Item(root, path);
        return Checked(mark, lines, new ListText(lines, list).Move(at, to), $"{ListOf(path)}[{Math.Clamp(to, 0, list.Items.Count - 1)}]");
    }

    /// <summary>The same input once more, right below, under an id of its own.</summary>
    public static RewrittenInputs Copy(string source, string path)
    {
        var (mark, lines, root) = Open(source);
        var (list, at) = Item(root, path);
        var items = new ListText(lines, list);
        var below = $"{ListOf(path)}[{at + 1}]";
        var copied = Checked(mark, lines, [items.Insert(at, items[at])], below);
        var siblings = SiblingsOf(source, Within(path));
        var id = siblings.First(input => input.Path == path).Id;
        return id.Length == 0 ? copied : Write(copied.Text, below, "id", FreeId(id, [.. siblings.Select(input => input.Id)]));
    }

    public static RewrittenInputs Remove(string source, string path)
    {
        var (mark, lines, root) = Open(source);
        var (list, at) = Item(root, path);
        if (list.Items.Count > 1) return Checked(mark, lines, [new ListText(lines, list).Remove(at)], null);
        var owner = Within(path) is { } within ? Find(root, within) : root;
        return Checked(mark, lines, [new MapText(lines, owner).Set("inputs", [], " []")], null);
    }

    /// <summary>
    /// Sets a property of an input from the text that a person typed (see <see cref="WrittenInput.Text"/>); nothing, or what holds anyway, takes it out.
    /// An id that was the label's follows it, as long as nothing names it. A new type takes the properties along that it has.
    /// </summary>
    public static RewrittenInputs Set(string source, string path, string property, string text)
    {
        text = text.ReplaceLineEndings("\n");
        var input = Input(source, path);
        if (property == "type") return Retype(source, input, text);
        if (property == "id" && Identifiers.Problem(text, IdKind.Input) is { } wrong) throw RefusedException.Invalid("invalid_id", wrong);
        var written = Write(source, path, property, text);
        if (property != "displayName" || input.Id != IdOf(input.Title) || IsNamed(source, input.Id) || IdOf(text) is not { Length: > 0 } id) return written;
        return Write(written.Text, path, "id", FreeId(id, [.. SiblingsOf(source, Within(path)).Where(other => other.Path != path).Select(other => other.Id)]));
    }

    private static RewrittenInputs Retype(string source, WrittenInput input, string word)
    {
        var kind = NewInput.Of(word) ?? throw RefusedException.Invalid("unknown_type", $"There is no type {word}.");
        var fits = InputFields.Of(kind.Type);
        var rewritten = Write(source, input.Path, "type", kind.TypeWord);
        foreach (var property in InputFields.Properties.Where(property => input.Has(property) && (!fits.Allows(property) || property == "defaults" || property == "itemType")))
            rewritten = Write(rewritten.Text, input.Path, property, "");
        foreach (var (property, value) in kind.Properties.Where(more => !Input(rewritten.Text, input.Path).Has(more.Key)))
            rewritten = Put(rewritten.Text, input.Path, property, value);
        return rewritten;
    }

    private static RewrittenInputs Write(string source, string path, string property, string text)
    {
        var input = Input(source, path);
        if (property == "id" && !input.Has("id") && input.Has("name")) property = "name";
        object? value = property switch
        {
            "required" => text == "false" ? false : null,
            "allowCustomValue" or "isRadio" or "autoSelectFirst" => text == "true" ? true : null,
            _ when text.Length == 0 => null,
            "values" or "options" or "allowedFileExtensions" => Lines(text),
            "defaults" or "prefill" when input.IsList && !text.Contains("{{", StringComparison.Ordinal) => Lines(text),
            "defaults" or "prefill" or "min" or "max" when input.Type is not { } type || !InputFields.IsText(type) || property is "min" or "max" => new Typed(text),
            _ => text,
        };
        return Put(source, path, property, value);
    }

    private static RewrittenInputs Put(string source, string path, string property, object? value)
    {
        var (mark, lines, root) = Open(source);
        var owner = Find(root, path);
        var map = new MapText(lines, owner);
        if (value is null) return owner[property] is null ? new RewrittenInputs(source, path) : Checked(mark, lines, [map.Remove(property)], path);
        if (value is IReadOnlyList<object?> items && owner[property]?.Value is SourceList { Items.Count: > 0 } list) return Checked(mark, lines, InputText.Change(lines, list, items), path);
        return Checked(mark, lines, [map.Set(property, InputFields.Properties, InputText.Value(value, map.Place))], path);
    }

    private static SourceEdit First(SourceLines lines, SourceMap owner, bool top, NewInput kind, string id)
    {
        var map = new MapText(lines, owner);
        var indent = map.Place.Indent + 2;
        var value = map.Place.InFlow ? $" [{ItemOf(kind, id, true, 0, lines.Break)}]" : lines.Break + ItemOf(kind, id, false, indent, lines.Break);
        var next = top && !map.Place.InFlow && owner["inputs"] is null ? owner["tasks"] : null;
        return next is null ? map.Set("inputs", top ? [] : InputFields.Properties, value) : map.InsertBefore("inputs", next, value);
    }

    private static string ItemOf(NewInput kind, string id, bool inFlow, int indent, string lineBreak) => InputText.Item(kind.Written(id), inFlow, indent, lineBreak);

    private static List<object?> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(InputText.Choice)];

    /// <summary>Whether an expression or a dependency of the text names an input of this id.</summary>
    private static bool IsNamed(string source, string id) =>
        Expressions().Matches(source).Any(match => Regex.IsMatch(match.Value, $@"(?<![\w-]){Regex.Escape(id)}(?![\w-])", RegexOptions.CultureInvariant))
        || All(Read(source) ?? []).Any(input => input.DependsOn.Any(name => name.Split('.').Contains(id)));

    private static IEnumerable<WrittenInput> All(IEnumerable<WrittenInput> inputs) => inputs.SelectMany(input => All(input.Inputs).Prepend(input));

    /// <summary>A label as an id: small letters, digits and underlines.</summary>
    private static string IdOf(string label)
    {
        var plain = string.Concat(label.Normalize(System.Text.NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).ToLowerInvariant();
        return OtherSigns().Replace(plain, "_").Trim('_');
    }

    private static string FreeId(string wanted, IReadOnlyList<string> taken)
    {
        if (!taken.Contains(wanted)) return wanted;
        var stem = Number().Replace(wanted, "");
        return Enumerable.Range(2, taken.Count + 1).Select(number => $"{stem}_{number}").First(id => !taken.Contains(id));
    }

    private static WrittenInput Input(string source, string path) => SiblingsOf(source, Within(path)).FirstOrDefault(input => input.Path == path) ?? throw Gone();

    private static IReadOnlyList<WrittenInput> SiblingsOf(string source, string? within)
    {
        var all = Read(source) ?? [];
        return within is null ? all : All(all).FirstOrDefault(input => input.Path == within)?.Inputs ?? throw Gone();
    }

    private static (string Mark, SourceLines Lines, SourceMap Root) Open(string source)
    {
        var mark = source.StartsWith('\ufeff') ? "\ufeff" : "";
        var lines = new SourceLines(source[mark.Length..]);
        return (mark, lines, SourceReader.Read(lines));
    }

    /// <summary>What cannot be read any more was written in a way that is not understood here: the text stays as it is.</summary>
    private static RewrittenInputs Checked(string mark, SourceLines lines, IEnumerable<SourceEdit> edits, string? path)
    {
        var text = SourceEdit.Apply(lines.Text, edits);
        return YamlText.Read(text).Root is YamlMapping ? new RewrittenInputs(mark + text, path) : throw RefusedException.Conflict("written_otherwise", "This field is written in a way that can only be changed in the text.");
    }

    private static SourceMap Find(SourceMap root, string path) => Item(root, path) is var (list, at) && list.Items[at] is SourceMap map ? map : throw RefusedException.Conflict("written_elsewhere", "This field is written elsewhere in the text and can only be changed there.");

    private static (SourceList List, int At) Item(SourceMap root, string path)
    {
        var owner = Within(path) is { } within ? Find(root, within) : root;
        return owner["inputs"]?.Value is SourceList list && int.TryParse(path.AsSpan(path.LastIndexOf('[') + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Items.Count
            ? (list, at)
            : throw Gone();
    }

    private static string ListOf(string path) => path[..path.LastIndexOf('[')];

    private static string? Within(string path) => Place().Match(path) is { Success: true } match ? match.Groups["within"] is { Success: true } within ? within.Value : null : throw Gone();

    private static RefusedException Gone() => RefusedException.Conflict("input_gone", "The text has changed: this field is not there any more.");

    [GeneratedRegex(@"^((?<within>inputs\[\d+\](\.inputs\[\d+\])*)\.)?inputs\[\d+\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"\{[{%].*?[}%]\}", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Expressions();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex OtherSigns();

    [GeneratedRegex(@"_\d+$")]
    private static partial Regex Number();
}
