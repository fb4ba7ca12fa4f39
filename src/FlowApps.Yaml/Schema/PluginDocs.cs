using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Schema;

/// <summary>Documentation of every plugin, written by its own record: names, types, defaults and XML summaries. Made once, when first asked for.</summary>
public sealed class PluginDocs(PluginCatalogue catalogue)
{
    private readonly Lazy<IReadOnlyDictionary<string, PluginDoc>> docs = new(() => catalogue.Entries.ToDictionary(e => e.Type, Describe, StringComparer.Ordinal));

    /// <summary>Every plugin, by canonical name.</summary>
    public IEnumerable<PluginDoc> All => docs.Value.Values;

    /// <summary>By any name that flows may use; null when unknown.</summary>
    public PluginDoc? Find(string type) => catalogue.Find(type) is { } entry ? docs.Value[entry.Type] : null;

    private static PluginDoc Describe(PluginEntry entry)
    {
        var name = entry.Type[(entry.Type.LastIndexOf('.') + 1)..];
        return new PluginDoc(entry.Type, KindOf(entry.Record), name, XmlDocs.Of(entry.Record), Properties(entry.Record, entry.Record, []))
        {
            Deprecated = entry.Deprecated,
            Icon = entry.Icon,
            Aliases = entry.Aliases,
        };
    }

    internal static string KindOf(Type record) =>
        typeof(TaskDefinition).IsAssignableFrom(record) ? "task"
        : typeof(TriggerDefinition).IsAssignableFrom(record) ? "trigger"
        : typeof(Condition).IsAssignableFrom(record) ? "condition"
        : typeof(AppBlock).IsAssignableFrom(record) ? "block"
        : typeof(TaskRunner).IsAssignableFrom(record) ? "runner"
        : "other";

    private static List<PropertyDoc> Properties(Type record, Type plugin, IReadOnlyList<Type> above)
    {
        if (above.Contains(record) || above.Count > 3) return [];
        var shape = RecordShape.Of(record);
        var sample = shape.Create(new Dictionary<Member, object?>());
        return [.. shape.Members.Select(m => Property(m, sample, plugin, [.. above, record]))];
    }

    private static PropertyDoc Property(Member member, object sample, Type plugin, IReadOnlyList<Type> above)
    {
        var words = TypeWords.Of(member.Type);
        return new PropertyDoc(member.Name, words.Text, member.Required, words.Dynamic, member.Required ? null : DefaultValue.Of(member, sample), XmlDocs.Of(member.Property))
        {
            Deprecated = member.Deprecated,
            Aliases = member.Aliases,
            Values = words.Values,
            Properties = words.Record is { } record ? Properties(record, plugin, above) : [],
            Common = member.Property.DeclaringType is { IsAbstract: true } declaring && declaring.Assembly == typeof(TaskDefinition).Assembly && plugin != declaring,
        };
    }
}
