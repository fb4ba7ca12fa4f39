using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>What the installation adds to every execution's variables (kestra-semantics 8.1): globals, envs, kestra.url, and how encrypted values are opened.</summary>
public sealed record RunSettings
{
    public IReadOnlyDictionary<string, object?> Globals { get; init; } = Data.Map();
    public IReadOnlyDictionary<string, object?> Envs { get; init; } = Data.Map();
    public string? Url { get; init; }
    public string? Environment { get; init; }

    /// <summary>The variables of a namespace, with those inherited; null: there are none.</summary>
    public Func<string, IReadOnlyDictionary<string, object?>>? NamespaceVariables { get; init; }

    /// <summary>Opens the value of an EncryptedString (kestra-semantics 12.5); null leaves such values closed.</summary>
    public Func<string, string>? Decrypt { get; init; }
}
