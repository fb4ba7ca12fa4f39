using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Triggers;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>
/// Which record a <c>type</c> names: a plugin of the catalogue, or a member of a closed family that says so itself
/// (<see cref="JsonDerivedTypeAttribute"/>, as retries do).
/// </summary>
internal static class Variants
{
    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Type>> Families = new();

    /// <summary>The record to fill; null when the type is missing or unknown, which has been reported.</summary>
    public static Type? Resolve(PluginCatalogue catalogue, Findings findings, Type declared, YamlMapping map, NodePath path)
    {
        if (!declared.IsAbstract) return declared;
        var family = Family(declared);
        var node = map["type"];
        if (node is not YamlScalar { IsNull: false } scalar)
        {
            findings.Report("missing_field", $"missing type: {WordOf(declared)} needs a `type`", path.Child("type"), node ?? map, family.Count > 0 ? $"One of {string.Join(", ", family.Keys)}." : null);
            return null;
        }
        if (family.Count > 0)
        {
            var known = family.FirstOrDefault(f => f.Key.Equals(scalar.Text, StringComparison.OrdinalIgnoreCase)).Value;
            if (known is null) findings.Report("unknown_type", $"Invalid type: {scalar.Text}", path.Child("type"), scalar, $"One of {string.Join(", ", family.Keys)}.");
            return known;
        }
        return Plugin(catalogue, findings, declared, scalar, path);
    }

    /// <summary>The members of a closed family by the word that names them; empty when it is none.</summary>
    public static IReadOnlyDictionary<string, Type> Family(Type declared) => Families.GetOrAdd(declared, static type =>
        type.GetCustomAttributes<JsonDerivedTypeAttribute>().Where(a => a.TypeDiscriminator is string).ToDictionary(a => (string)a.TypeDiscriminator!, a => a.DerivedType));

    /// <summary>What people call it.</summary>
    public static string WordOf(Type type) => type.Name switch
    {
        nameof(TaskDefinition) => "a task",
        nameof(TriggerDefinition) => "a trigger",
        nameof(Condition) => "a condition",
        nameof(AppBlock) => "a block",
        nameof(TaskRunner) => "a task runner",
        "Flow" or "App" or "Retry" or "Sla" => "the " + type.Name.ToUpperInvariant() switch { "SLA" => "SLA", _ => char.ToLowerInvariant(type.Name[0]) + type.Name[1..] },
        var name => name,
    };

    private static Type? Plugin(PluginCatalogue catalogue, Findings findings, Type declared, YamlScalar scalar, NodePath path)
    {
        if (catalogue.Find(scalar.Text) is not { } entry)
        {
            var near = NearestType(catalogue, findings, declared, scalar.Text);
            findings.Report("unknown_type", $"Invalid type: {scalar.Text}", path.Child("type"), scalar, near is null ? null : $"Did you mean `{near}`?");
            return null;
        }
        if (!declared.IsAssignableFrom(entry.Record))
        {
            findings.Report("unknown_type", $"Invalid type: {scalar.Text} is {Kind(entry.Record)}, but {WordOf(declared)} is expected here", path.Child("type"), scalar);
            return null;
        }
        if (entry.Aliases.Contains(scalar.Text) && typeof(AppBlock) != declared) findings.Infos.Add($"{scalar.Text} is replaced by {FullName(entry)}");
        if (entry.Deprecated) findings.DeprecationPaths.Add(path.ToString());
        return entry.Record;
    }

    /// <summary>The name under which Kestra's flows know a plugin.</summary>
    public static string FullName(PluginEntry entry) => "io.kestra.plugin." + entry.Type;

    private static string? NearestType(PluginCatalogue catalogue, Findings findings, Type declared, string written)
    {
        var prefixed = written.StartsWith("io.kestra.plugin.", StringComparison.Ordinal);
        var candidates = catalogue.Entries.Where(e => declared.IsAssignableFrom(e.Record)).Select(e => prefixed ? FullName(e) : e.Type).ToList();
        return candidates.FirstOrDefault(c => LastWord(c).Equals(LastWord(written), StringComparison.OrdinalIgnoreCase)) ?? findings.Nearest(written, candidates);
    }

    private static string LastWord(string type) => type[(type.LastIndexOf('.') + 1)..];

    private static string Kind(Type record) =>
        new[] { typeof(TaskDefinition), typeof(TriggerDefinition), typeof(Condition), typeof(AppBlock), typeof(TaskRunner) }.FirstOrDefault(k => k.IsAssignableFrom(record)) is { } kind ? WordOf(kind) : "something else";
}
