using System.Text.Json.Nodes;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;
using FlowApps.Yaml.Binding;
using FlowApps.Yaml.Inputs;

namespace FlowApps.Yaml.Schema;

/// <summary>Schemas of types, each record and each kind of plugin written once and referred to by name.</summary>
internal sealed class SchemaDefinitions(PluginCatalogue catalogue)
{
    public JsonObject Written { get; } = [];

    /// <summary>The schema of a declared type.</summary>
    public JsonObject Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Property<>)) return Dynamic(type.GetGenericArguments()[0]);
        if (type == typeof(object)) return [];
        if (type.IsEnum) return new JsonObject { ["type"] = "string", ["enum"] = Words(Conversions.Words(type)) };
        if (Conversions.IsLiteral(type)) return Literal(type);
        if (type == typeof(IReadOnlyList<Label>)) return AnyOf(Map(Literal(typeof(string))), List(typeof(Label)));
        if (type == typeof(InputOption) || type == typeof(OutcomeDefinition)) return AnyOf(Literal(typeof(string)), Named(type));
        if (type == typeof(AppAccess)) return AnyOf(Of(typeof(AppAccessType)), Named(type));
        if (Conversions.ElementOf(type) is { } element) return List(element);
        if (Conversions.ValueOf(type) is { } value) return Map(Of(value));
        return Named(type);
    }

    private JsonObject Dynamic(Type inner)
    {
        var schema = Of(inner);
        if ((string?)(schema["type"] as JsonValue) == "string" && schema["enum"] is null || schema.Count == 0) return schema;
        return AnyOf(schema, new JsonObject { ["type"] = "string" });
    }

    private JsonObject List(Type element) => new() { ["type"] = "array", ["items"] = Of(element) };

    private static JsonObject Map(JsonObject values) => new() { ["type"] = "object", ["additionalProperties"] = values };

    private static JsonObject AnyOf(params JsonNode[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(w => (JsonNode)w)]);

    private static JsonObject Literal(Type type) => type.Name switch
    {
        nameof(Boolean) => new JsonObject { ["type"] = "boolean" },
        nameof(Int32) or nameof(Int64) or nameof(Int16) => new JsonObject { ["type"] = "integer" },
        nameof(Double) or nameof(Single) or nameof(Decimal) => new JsonObject { ["type"] = "number" },
        nameof(TimeSpan) => new JsonObject { ["type"] = "string", ["examples"] = Words(["PT30S", "PT5M", "P1D"]) },
        _ => new JsonObject { ["type"] = new JsonArray("string", "number") },
    };

    /// <summary>A reference to a type's own definition, which is written when it is first asked for.</summary>
    private JsonObject Named(Type type)
    {
        var name = NameOf(type);
        if (!Written.ContainsKey(name))
        {
            // Records hold themselves (tasks in tasks): the name must be taken before its parts are written.
            Written[name] = new JsonObject();
            Written[name] = type == typeof(InputDefinition) ? Inputs() : type.IsAbstract ? Choice(type) : Record(RecordShape.Of(type), null);
        }
        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    private string NameOf(Type type) => catalogue.Entries.FirstOrDefault(e => e.Record == type)?.Type ?? type.Name;

    private JsonObject Record(RecordShape shape, FieldFilter? allowed)
    {
        var properties = new JsonObject();
        if (shape.HasDiscriminator) properties["type"] = new JsonObject { ["type"] = "string" };
        var sample = shape.Create(new Dictionary<Member, object?>());
        foreach (var member in shape.Members)
        {
            foreach (var name in member.Aliases.Prepend(member.Name))
                if (allowed?.Allows(name) != false) properties[name] = Member(member, name != member.Name || member.Deprecated, sample);
        }
        if (shape.Type == typeof(Flow)) properties["revision"] = new JsonObject { ["type"] = "integer", ["description"] = "Set by the server; dropped when the flow is saved." };
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        Describe(schema, XmlDocs.Of(shape.Type));
        var required = shape.Members.Where(m => m.Required && m.Aliases.Count == 0).Select(m => m.Name).ToList();
        if (shape.Type == typeof(Flow)) required.Add("tasks");
        if (required.Count > 0) schema["required"] = Words(required);
        return schema;
    }

    private JsonObject Member(Member member, bool old, object sample)
    {
        var schema = Of(member.Type);
        if (schema.ContainsKey("$ref")) schema = new JsonObject { ["allOf"] = new JsonArray(schema) };
        Describe(schema, XmlDocs.Of(member.Property));
        if (!member.Required && DefaultValue.Of(member, sample) is { } value) schema["default"] = JsonNode.Parse(Domain.Values.Data.Write(value));
        if (old) schema["deprecated"] = true;
        return schema;
    }

    /// <summary>Editors escape a plain description, so one with marks is also given as Markdown.</summary>
    private static void Describe(JsonObject schema, string? words)
    {
        if (words is null) return;
        schema["description"] = words;
        if (words.Contains('`')) schema["markdownDescription"] = words;
    }

    /// <summary>By <c>type</c>: its words are offered, and the chosen one decides which properties there are.</summary>
    private JsonObject Choice(Type declared)
    {
        var family = Variants.Family(declared);
        var offered = family.Count > 0 ? family.Select(f => (Names: new[] { f.Key }, f.Value)).ToList()
            : [.. catalogue.Entries.Where(e => declared.IsAssignableFrom(e.Record)).Select(e => (Names: e.Aliases.Prepend(Variants.FullName(e)).Prepend(e.Type).ToArray(), e.Record))];
        var words = new JsonObject { ["type"] = "string", ["enum"] = Words(family.Count > 0 ? family.Keys : offered.Select(o => o.Names[0])) };
        return Chosen(family.Count > 0 ? words : AnyOf(words, new JsonObject { ["type"] = "string", ["pattern"] = "^io\\.kestra\\." }), offered.Select(o => (o.Names, (JsonNode)Named(o.Item2))));
    }

    private JsonObject Inputs()
    {
        var types = Enum.GetValues<InputType>().Select(t => (Names: new[] { t.ToString().ToUpperInvariant() }, Schema: Input(t))).ToList();
        return Chosen(new JsonObject { ["type"] = "string", ["enum"] = Words(types.Select(t => t.Names[0])) }, types);
    }

    private JsonNode Input(InputType type)
    {
        var name = "input." + type.ToString().ToUpperInvariant();
        if (!Written.ContainsKey(name))
        {
            Written[name] = new JsonObject();
            Written[name] = Record(RecordShape.Of(typeof(InputDefinition)), InputFields.Of(type));
        }
        return new JsonObject { ["$ref"] = "#/definitions/" + name };
    }

    private static JsonObject Chosen(JsonObject typeSchema, IEnumerable<(string[] Names, JsonNode Schema)> choices)
    {
        var branches = new JsonArray();
        foreach (var (names, schema) in choices)
            branches.Add(new JsonObject
            {
                ["if"] = new JsonObject { ["properties"] = new JsonObject { ["type"] = new JsonObject { ["enum"] = Words(names) } }, ["required"] = Words(["type"]) },
                ["then"] = schema,
            });
        return new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["type"] = typeSchema }, ["required"] = Words(["type"]), ["allOf"] = branches };
    }
}
