namespace FlowApps.Yaml.Schema;

/// <summary>A property for its reader. <c>Type</c> is words (<c>string</c>, <c>list of tasks</c>); <c>Dynamic</c> takes expressions; <c>Values</c> are the words of an enumeration.</summary>
public sealed record PropertyDoc(string Name, string Type, bool Required, bool Dynamic, object? Default, string? Description)
{
    public bool Deprecated { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The properties of the map that this property takes, or of the maps of its list.</summary>
    public IReadOnlyList<PropertyDoc> Properties { get; init; } = [];

    /// <summary>Every plugin of the kind has it (id, type, timeout, retry …).</summary>
    public bool Common { get; init; }
}
