namespace FlowApps.Domain.Namespaces;

/// <summary>
/// The settings of namespaces: variables (<c>{{ namespace.x }}</c>) and plugin defaults, for the flows in a namespace and in those below it. The nearest namespace wins; maps of variables merge.
/// Implemented by the runtime; what is saved holds for every flow at once.
/// </summary>
public interface INamespaces
{
    /// <summary>Every namespace that has settings.</summary>
    IReadOnlyCollection<NamespaceSettings> All { get; }

    /// <summary>Its own settings; empty ones when none were saved.</summary>
    NamespaceSettings Find(string ns);

    /// <summary>The variables that its flows see: its own over those of the namespaces above.</summary>
    IReadOnlyDictionary<string, object?> VariablesFor(string ns);

    /// <summary>The plugin defaults that its flows get, strongest first, with the namespace that each comes from.</summary>
    IReadOnlyList<(string Namespace, Flows.PluginDefault Default)> DefaultsFor(string ns);

    /// <summary>Both texts are YAML (a map; a list of type, forced, values). Errors: <see cref="Problems.RefusedException"/> Invalid with one problem per mistake, its path beginning with the name of its text.</summary>
    Task<NamespaceSettings> SaveAsync(string ns, string? description, string variables, string pluginDefaults, CancellationToken cancellation);

    /// <summary>False when there were none.</summary>
    Task<bool> DeleteAsync(string ns, CancellationToken cancellation);
}
