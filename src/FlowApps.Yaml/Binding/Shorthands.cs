using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Inputs;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>Null: not written the short way, bind as usual. Otherwise whether it could be bound.</summary>
internal delegate bool? Shorthand(Binder binder, YamlNode node, NodePath path, out object? value);

/// <summary>Types that a text may also write in a way of their own.</summary>
internal static class Shorthands
{
    private static readonly Dictionary<Type, Shorthand> All = new()
    {
        [typeof(IReadOnlyList<Label>)] = Labels,
        [typeof(InputOption)] = Option,
        [typeof(AppAccess)] = Access,
        [typeof(InputDefinition)] = InputBinding.Bind,
        [typeof(OutcomeDefinition)] = Outcome,
    };

    public static Shorthand? Find(Type type) => All.GetValueOrDefault(type);

    /// <summary>An outcome as its id alone.</summary>
    private static bool? Outcome(Binder binder, YamlNode node, NodePath path, out object? value)
    {
        value = node is YamlScalar { Text: { Length: > 0 } id } ? new OutcomeDefinition { Id = id } : null;
        return value is null ? null : true;
    }

    /// <summary>Labels as a map of scalars.</summary>
    private static bool? Labels(Binder binder, YamlNode node, NodePath path, out object? value)
    {
        value = null;
        if (node is not YamlMapping map) return null;
        var labels = new List<Label>();
        foreach (var (key, item) in map.Entries)
        {
            if (item is YamlScalar scalar) labels.Add(new Label(key.Text, scalar.IsNull ? null : scalar.Text));
            else binder.Wrong(typeof(string), item, path.Child(key.Text), out _);
        }
        value = labels;
        return true;
    }

    /// <summary>A choice as its bare value.</summary>
    private static bool? Option(Binder binder, YamlNode node, NodePath path, out object? value)
    {
        value = node is YamlScalar { IsNull: false } scalar ? new InputOption(scalar.Text) : null;
        return value is null ? null : true;
    }

    /// <summary>The bare word PUBLIC or PRIVATE.</summary>
    private static bool? Access(Binder binder, YamlNode node, NodePath path, out object? value)
    {
        value = null;
        if (node is not YamlScalar) return null;
        if (!binder.TryBind(typeof(AppAccessType), node, path, out var type)) return false;
        value = new AppAccess((AppAccessType)type!);
        return true;
    }
}
