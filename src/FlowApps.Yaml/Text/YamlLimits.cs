namespace FlowApps.Yaml.Text;

/// <summary>What a YAML text may cost to read. The defaults are those of flows and apps.</summary>
public sealed record YamlLimits
{
    /// <summary>Size as UTF-8.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Lists and maps inside each other.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Scalars, lists and maps, each alias counted with everything it stands for.</summary>
    public int MaxNodes { get; init; } = 50_000;

    public int MaxAliases { get; init; } = 100;

    /// <summary>A last resort against a text that is slow in a way the other limits do not see; generous, since a busy machine must not refuse what an idle one takes.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(10);

    public static YamlLimits Default { get; } = new();
}
