namespace FlowApps.Yaml.Schema;

/// <summary>What a plugin type is, for documentation pages and the API. <c>Type</c> is canonical (<c>core.log.Log</c>), <c>Kind</c> is task, trigger, condition, runner or block.</summary>
public sealed record PluginDoc(string Type, string Kind, string Title, string? Description, IReadOnlyList<PropertyDoc> Properties)
{
    public bool Deprecated { get; init; }
    public required string Icon { get; init; }

    /// <summary>Older names that still work.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The name in Kestra's flows.</summary>
    public string FullName => "io.kestra.plugin." + Type;

    /// <summary>Where it belongs: the type without its last word.</summary>
    public string Group => Type[..Math.Max(0, Type.LastIndexOf('.'))];
}
