using FlowApps.Domain.Inputs;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Text;

namespace FlowApps.Yaml.Inputs;

/// <summary>Inputs are one record with fields by type: the type is looked at first, a field that it does not have is unknown.</summary>
internal static class InputBinding
{
    public static bool? Bind(Binder binder, YamlNode node, NodePath path, out object? value)
    {
        value = null;
        if (node is not YamlMapping map) return null;
        var findings = binder.Findings;
        if (map["type"] is not YamlScalar { IsNull: false } type)
        {
            findings.Report("missing_field", "missing type: an input needs a `type`", path.Child("type"), map["type"] ?? map, "Such as STRING, INT, BOOL, SELECT, DATE or FILE.");
            if (map.Text("id") is { } id) InputRules.CheckId(id, path, map, findings);
            return false;
        }
        if (!Conversions.TryRead(typeof(InputType), type, out var read))
        {
            var near = findings.Nearest(type.Text, Conversions.Words(typeof(InputType)));
            findings.Report("unknown_type", $"Invalid type: {type.Text}", path.Child("type"), type, near is null ? "One of " + string.Join(", ", Conversions.Words(typeof(InputType))) + "." : $"Did you mean {near}?");
            return false;
        }
        var fields = InputFields.Of((InputType)read!);
        if (!binder.BindMembers(RecordShape.Of(typeof(InputDefinition)), map, path, fields, out value)) return false;
        var input = (InputDefinition)value!;
        if (InputFields.IsText(input.Type) && map["defaults"] is YamlScalar { IsNull: false } defaults) value = input = input with { Defaults = defaults.Text };
        findings.Keep(input, map, path);
        InputRules.Check(input, findings);
        return true;
    }
}
