using System.Collections.Immutable;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Namespaces;

/// <summary>The settings of all namespaces, in memory; read again when another process may have changed them.</summary>
internal sealed class NamespaceRegistry(IDocumentStore documents)
{
    public const string Kind = "namespace";
    private const int PageSize = 1000;
    private ImmutableDictionary<string, NamespaceSettings> all = ImmutableDictionary<string, NamespaceSettings>.Empty;
    private string stamp = "";

    public IReadOnlyCollection<NamespaceSettings> All => [.. all.Values];

    public NamespaceSettings? Find(string ns) => all.GetValueOrDefault(ns);

    public IReadOnlyDictionary<string, object?> VariablesFor(string ns)
    {
        var variables = Data.Map();
        foreach (var settings in Around(ns).Reverse()) Merge(variables, settings.Variables);
        return variables;
    }

    public IReadOnlyList<(string Namespace, PluginDefault Default)> DefaultsFor(string ns) => [.. Around(ns).SelectMany(settings => settings.PluginDefaults.Select(given => (settings.Id, given)))];

    /// <summary>True when something changed since the last look.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellation)
    {
        var found = ImmutableDictionary.CreateBuilder<string, NamespaceSettings>();
        var seen = new List<string>();
        for (var page = 1; ; page++)
        {
            var stored = await documents.QueryAsync<NamespaceSettings>(Kind, new DocumentQuery(), new PageRequest(page, PageSize), cancellation);
            foreach (var document in stored.Results)
            {
                found[document.Id] = document.Value;
                seen.Add($"{document.Id}:{document.Version}:{document.UpdatedAt.UtcTicks}");
            }
            if (stored.Results.Count < PageSize) break;
        }
        var now = string.Join(' ', seen.Order(StringComparer.Ordinal));
        if (now == stamp) return false;
        (all, stamp) = (found.ToImmutable(), now);
        return true;
    }

    /// <summary>The settings of a namespace and of those above it, nearest first.</summary>
    private IEnumerable<NamespaceSettings> Around(string ns)
    {
        if (all.IsEmpty) yield break;
        for (var name = ns; name.Length > 0; name = name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : "")
            if (all.TryGetValue(name, out var settings)) yield return settings;
    }

    private static void Merge(OrderedDictionary<string, object?> below, IReadOnlyDictionary<string, object?> above)
    {
        foreach (var (key, value) in above)
            if (value is IReadOnlyDictionary<string, object?> map && below.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> known)
            {
                var merged = Data.Map([.. known.Select(entry => (entry.Key, entry.Value))]);
                Merge(merged, map);
                below[key] = merged;
            }
            else
            {
                below[key] = value;
            }
    }
}
