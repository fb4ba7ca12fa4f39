namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>What a purge of the key-value store removes.</summary>
public sealed record PurgeBehavior
{
    /// <summary>The kind of purge; <c>key</c> is the only one.</summary>
    public string Type { get; init; } = "key";

    /// <summary>Whether only values that have expired are removed.</summary>
    public Property<bool> ExpiredOnly { get; init; } = new(true);
}
