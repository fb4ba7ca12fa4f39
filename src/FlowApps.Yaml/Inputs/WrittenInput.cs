using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>An input as it stands in a flow's text, which may still be wrong: its place (<c>inputs[0].inputs[1]</c>), its line and what it says.</summary>
public sealed class WrittenInput
{
    private readonly YamlMapping map;

    internal WrittenInput(YamlMapping map, string path)
    {
        this.map = map;
        Path = path;
        Type = map["type"] is YamlScalar { IsNull: false } type && Conversions.TryRead(typeof(InputType), type, out var read) ? (InputType)read! : null;
        Inputs = map["inputs"] is YamlSequence inputs ? In(inputs, path + ".inputs") : [];
    }

    public string Path { get; }
    public int Line => map.Line;
    public string Id => map.Text("id") ?? map.Text("name") ?? "";
    public string Title => map.Text("displayName") ?? Id;

    /// <summary>Null when it says none that there is.</summary>
    public InputType? Type { get; }
    public string TypeWord => map.Text("type") ?? "";
    public bool IsRequired => map["required"] is not YamlScalar { Value: false };

    /// <summary>Each answer is a row of a list.</summary>
    public bool HasRows => Type == InputType.Array && map.Text("itemType") is { } of && of.Equals("FORM", StringComparison.OrdinalIgnoreCase);

    /// <summary>The inputs inside a FORM or a row.</summary>
    public IReadOnlyList<WrittenInput> Inputs { get; }

    /// <summary>The inputs it is asked because of.</summary>
    public IReadOnlyList<string> DependsOn => map["dependsOn"] is YamlMapping depends && depends["inputs"] is YamlSequence names ? [.. names.Items.OfType<YamlScalar>().Select(name => name.Text)] : [];

    /// <summary>Whether the type has a property of this name.</summary>
    public bool May(string property) => Type is { } type && InputFields.Of(type).Allows(property) && !(property == "defaults" && type is InputType.File or InputType.Form);

    /// <summary>A property as the text that a person edits: a list has a line for each item, a choice with a label is <c>value = label</c>. Null when it is not there.</summary>
    public string? Text(string property) => map[property] switch
    {
        YamlScalar { IsNull: false } scalar => scalar.Text,
        YamlSequence list when Lines(list) is { } items => string.Join('\n', items),
        _ => null,
    };

    /// <summary>It says more than a text or a list of texts: to be changed in the text itself.</summary>
    public bool IsIntricate(string property) => map[property] is YamlMapping || map[property] is YamlSequence list && Lines(list) is null;

    /// <summary>Whether the text gives this property.</summary>
    public bool Has(string property) => map[property] is not null;

    /// <summary>Its answer is a list of values.</summary>
    internal bool IsList => Type is InputType.Multiselect or InputType.Array;

    internal static IReadOnlyList<WrittenInput> In(YamlSequence inputs, string path) =>
        [.. inputs.Items.Select((item, at) => (item, at)).Where(one => one.item is YamlMapping).Select(one => new WrittenInput((YamlMapping)one.item, $"{path}[{one.at}]"))];

    private static List<string>? Lines(YamlSequence list)
    {
        var lines = new List<string>();
        foreach (var item in list.Items)
            switch (item)
            {
                case YamlScalar scalar when !scalar.Text.Contains('\n'):
                    lines.Add(scalar.Text);
                    break;
                case YamlMapping map when map.Text("value") is { } value && map.Entries.All(entry => entry.Name is "value" or "label"):
                    lines.Add(map.Text("label") is { } label ? $"{value} = {label}" : value);
                    break;
                default:
                    return null;
            }
        return lines;
    }
}
