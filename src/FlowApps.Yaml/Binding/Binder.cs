using System.Collections;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Yaml.Inputs;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Binding;

/// <summary>
/// Fills definition records from nodes. Never stops at the first problem: what cannot be bound is left out and reported, the rest goes on.
/// </summary>
internal sealed class Binder(PluginCatalogue catalogue, bool strict, Findings findings)
{
    private static readonly Dictionary<string, string> NotUsed = new(StringComparer.Ordinal)
    {
        ["assets"] = "assets are not tracked here",
        ["policyRefs"] = "policies do not exist here",
        ["quotas"] = "quotas are set in the configuration here",
        ["workerSelector"] = "workers are chosen by `workerGroup` here",
    };

    public Findings Findings => findings;

    /// <summary>False when the node cannot be read as the type; the reason has been reported.</summary>
    public bool TryBind(Type type, YamlNode node, NodePath path, out object? value)
    {
        if (node is YamlScalar { IsNull: true })
        {
            value = null;
            return true;
        }
        if (type == typeof(object)) return Given(node.ToData(), out value);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Property<>)) return BindProperty(type, node, path, out value);
        if (Shorthands.Find(type) is { } shorthand && shorthand(this, node, path, out value) is { } taken) return taken;
        if (Conversions.IsLiteral(type)) return BindLiteral(type, node, path, out value);
        if (Conversions.ValueOf(type) is { } mapped) return BindMap(mapped, node, path, out value);
        if (Conversions.ElementOf(type) is { } element) return BindList(type, element, node, path, out value);
        if (node is YamlMapping mapping) return BindRecord(type, mapping, path, out value);
        return Wrong(type, node, path, out value);
    }

    /// <summary>Binds a map to a record of the type, or to the one that its <c>type</c> names when the type is abstract.</summary>
    public bool BindRecord(Type type, YamlMapping map, NodePath path, out object? value)
    {
        value = null;
        var named = Variants.Resolve(catalogue, findings, type, map, path);
        return named is not null && BindMembers(RecordShape.Of(named), map, path, null, out value);
    }

    /// <summary>Binds a map to a record; <paramref name="allowed"/> narrows the names that a text may give.</summary>
    public bool BindMembers(RecordShape shape, YamlMapping map, NodePath path, FieldFilter? allowed, out object? value)
    {
        var values = new Dictionary<Member, object?>();
        var given = new Dictionary<Member, YamlNode>();
        var lost = new HashSet<Member>();
        foreach (var (key, node) in map.Entries)
        {
            var below = path.Child(key.Text);
            if (shape.Find(key.Text) is not { } member || allowed?.Allows(key.Text) == false) Unknown(shape, key, below, allowed, map);
            else if (!given.TryAdd(member, node)) findings.Report("duplicate_field", $"Duplicate field '{below}': it is another name of `{member.Name}`", below, key, "Keep one of them.");
            else if (!TryBind(member.Type, node, below, out var bound)) lost.Add(member);
            else if (bound is not null || member.Nullable && !member.Required) values.Add(member, bound);
            if (shape.Find(key.Text) is { Deprecated: true } old) Deprecated(old, below, key);
        }
        foreach (var member in shape.Members)
            if (member.Required && !lost.Contains(member) && !values.ContainsKey(member)) Missing(shape, member, given.GetValueOrDefault(member) ?? map, path, values, lost);
            else if (member is { Required: true, IsList: true } && given[member] is YamlSequence { Items.Count: 0 } empty) findings.Report("empty_list", "must not be empty", path.Child(member.Name), empty);
        if (lost.Any(m => m.Required))
        {
            value = null;
            return false;
        }
        value = shape.Create(values);
        findings.Keep(value, map, path);
        CommonRules.Check(value, findings);
        if (lost.Count == 0 && value is IValidated validated)
            foreach (var problem in validated.Validate()) findings.Report(value, problem);
        return true;
    }

    /// <summary>Reports that a node is not what the type asks for.</summary>
    public bool Wrong(Type type, YamlNode node, NodePath path, out object? value)
    {
        value = null;
        var expected = Conversions.Expected(type);
        var template = node is YamlMapping { Entries: [{ Value: YamlScalar { IsNull: true } }] };
        var found = node is YamlScalar scalar ? $"`{Shown(scalar.Text)}`" : node.Kind;
        var suggestion = template ? "Put an expression into quotes: \"{{ … }}\"."
            : (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice && node is YamlScalar text && findings.Nearest(text.Text, Conversions.Words(choice)) is { } near ? $"Did you mean {near}?"
            : null;
        var zone = type == typeof(TimeZoneInfo) ? $"{found} is not a valid time-zone ID" : null;
        findings.Report("wrong_value", zone ?? $"{expected} is expected, but found {found}", path, node, suggestion);
        return false;
    }

    private bool BindLiteral(Type type, YamlNode node, NodePath path, out object? value) =>
        node is YamlScalar scalar && Conversions.TryRead(type, scalar, out value) || Wrong(type, node, path, out value);

    private bool BindProperty(Type type, YamlNode node, NodePath path, out object? value)
    {
        var inner = type.GetGenericArguments()[0];
        value = null;
        // What a literal says can be checked now; an expression only when it has been rendered.
        if (node is YamlScalar { Value: not string } or YamlScalar { Text: not "" } && Checked(inner) && node is YamlScalar literal && !literal.Text.Contains("{{", StringComparison.Ordinal) &&
            !literal.Text.Contains("{%", StringComparison.Ordinal) && !Conversions.TryRead(inner, literal, out _)) return Wrong(inner, node, path, out value);
        var raw = node is YamlScalar scalar && (inner == typeof(string) || inner.IsEnum) ? scalar.Text : node.ToData();
        value = Properties.Create(type, raw!);
        return true;
    }

    private static bool Checked(Type inner)
    {
        var type = Nullable.GetUnderlyingType(inner) ?? inner;
        return type == typeof(TimeSpan) || type == typeof(bool) || type == typeof(int) || type.IsEnum;
    }

    private bool BindList(Type type, Type element, YamlNode node, NodePath path, out object? value)
    {
        if (node is not YamlSequence sequence) return Wrong(type, node, path, out value);
        var list = Lists.Create(element);
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            var at = path.Item(i);
            if (!TryBind(element, sequence.Items[i], at, out var item)) continue;
            if (item is not null || element == typeof(object)) list.Add(item);
            else findings.Report("empty_item", "must not be null: the list has an empty item", at, sequence.Items[i]);
        }
        if (list is IReadOnlyList<InputDefinition> inputs) InputLinks.Check(inputs, sequence, path, findings);
        value = list;
        return true;
    }

    private bool BindMap(Type element, YamlNode node, NodePath path, out object? value)
    {
        if (node is not YamlMapping map) return Wrong(typeof(IDictionary), node, path, out value);
        var filled = Lists.CreateMap(element);
        foreach (var (key, item) in map.Entries)
        {
            var at = path.Child(key.Text);
            if (!TryBind(element, item, at, out var bound)) continue;
            if (bound is not null || element == typeof(object) || element == typeof(string)) filled[key.Text] = bound;
            else findings.Report("empty_item", "must not be null", at, item);
        }
        value = filled;
        return true;
    }

    private void Unknown(RecordShape shape, YamlScalar key, NodePath path, FieldFilter? allowed, YamlMapping map)
    {
        if (NotUsed.TryGetValue(key.Text, out var why) && allowed is null)
        {
            findings.Warn("not_used", $"`{key.Text}` has no effect: {why}", path, key);
            return;
        }
        if (ServerFields.IsOne(shape.Type, key.Text) || key.Text == "type" && shape.HasDiscriminator) return;
        var owner = allowed?.Owner ?? map.Text("type") ?? Variants.WordOf(shape.Type);
        var near = findings.Nearest(key.Text, shape.Names.Where(n => allowed?.Allows(n) != false));
        var message = $"Unrecognized field \"{key.Text}\" in {owner}";
        var suggestion = near is null ? "It has: " + string.Join(", ", shape.Members.Select(m => m.Name).Where(n => allowed?.Allows(n) != false)) + "." : $"Did you mean `{near}`?";
        if (strict) findings.Report("unknown_field", message, path, key, suggestion);
        else findings.Warn("unknown_field", message, path, key, suggestion);
    }

    private void Missing(RecordShape shape, Member member, YamlNode at, NodePath path, Dictionary<Member, object?> values, HashSet<Member> lost)
    {
        var below = path.Child(member.Name);
        var suggestion = $"Give `{member.Name}` of {(at as YamlMapping)?.Text("type") ?? Variants.WordOf(shape.Type)}.";
        if (member.IsList)
        {
            // The record can be made, so it may find more to say about itself.
            values.Add(member, Conversions.EmptyList(member.Type));
            findings.Report("empty_list", "must not be empty", below, at, suggestion);
            return;
        }
        lost.Add(member);
        findings.Report("missing_field", "must not be null", below, at, suggestion);
    }

    private void Deprecated(Member member, NodePath path, YamlScalar key)
    {
        findings.DeprecationPaths.Add(path.ToString());
        if (member.Instead is { } instead) findings.Warn("deprecated_field", $"`{key.Text}` is old: use `{instead}`", path, key);
    }

    private static bool Given(object? data, out object? value)
    {
        value = data;
        return true;
    }

    private static string Shown(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
