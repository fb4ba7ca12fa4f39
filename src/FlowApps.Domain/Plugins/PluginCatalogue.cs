using System.Reflection;

namespace FlowApps.Domain.Plugins;

/// <summary>A plugin type and the record behind it.</summary>
public sealed record PluginEntry(string Type, Type Record, IReadOnlyList<string> Aliases, bool Deprecated, string Icon);

/// <summary>All plugin types, found by attribute in the assemblies that the host names. Adding a type needs no list.</summary>
public sealed class PluginCatalogue
{
    private const string Prefix = "io.kestra.plugin.";
    private readonly Dictionary<string, PluginEntry> byName = new(StringComparer.Ordinal);

    public PluginCatalogue(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.Distinct().SelectMany(a => a.GetTypes()))
        {
            if (type.GetCustomAttribute<PluginAttribute>() is not { } plugin) continue;
            var entry = new PluginEntry(plugin.Type, type, plugin.Aliases, plugin.Deprecated, plugin.Icon);
            foreach (var name in plugin.Aliases.Prepend(plugin.Type))
                if (!byName.TryAdd(name, entry)) throw new InvalidOperationException($"Two plugins are called {name}.");
        }
    }

    /// <summary>Every type once, by canonical name.</summary>
    public IEnumerable<PluginEntry> Entries => byName.Values.Distinct().OrderBy(e => e.Type, StringComparer.Ordinal);

    /// <summary>Finds by canonical name, prefixed name or alias; null when unknown.</summary>
    public PluginEntry? Find(string type) =>
        byName.GetValueOrDefault(type) ?? (type.StartsWith(Prefix, StringComparison.Ordinal) ? byName.GetValueOrDefault(type[Prefix.Length..]) : null);

    /// <summary>The entry when the type exists and is a <typeparamref name="TKind"/>.</summary>
    public PluginEntry? Find<TKind>(string type) => Find(type) is { } entry && typeof(TKind).IsAssignableFrom(entry.Record) ? entry : null;

    public IEnumerable<PluginEntry> Of<TKind>() => Entries.Where(e => typeof(TKind).IsAssignableFrom(e.Record));
}
