using FlowApps.Domain.Flows;
using FlowApps.Domain.Tasks;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Schema;

/// <summary>A property's type in words. <c>Record</c> is the map's own record when it has properties to tell about.</summary>
internal sealed record TypeWords(string Text, bool Dynamic, IReadOnlyList<string> Values, Type? Record)
{
    public static TypeWords Of(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Property<>)) return Of(type.GetGenericArguments()[0]) with { Dynamic = true };
        if (type == typeof(IReadOnlyList<Label>)) return new("map or list of labels", false, [], null);
        if (type.IsEnum) return new("string", false, [.. Conversions.Words(type)], null);
        if (Conversions.IsLiteral(type)) return new(Literal(type), false, [], null);
        if (Conversions.ElementOf(type) is { } element) return Of(element) is var items ? items with { Text = "list of " + items.Text } : null!;
        if (Conversions.ValueOf(type) is { } value) return value == typeof(object) ? new("map", false, [], null) : Of(value) is var values ? values with { Text = "map of " + values.Text } : null!;
        if (type == typeof(object)) return new("anything", false, [], null);
        var kind = PluginDocs.KindOf(type);
        if (type.IsAbstract) return new(kind == "other" ? type.Name.ToLowerInvariant() : kind, false, [.. Variants.Family(type).Keys], null);
        return new("map", false, [], type);
    }

    private static string Literal(Type type) => type.Name switch
    {
        nameof(Boolean) => "boolean",
        nameof(Int32) or nameof(Int64) or nameof(Int16) => "integer",
        nameof(Double) or nameof(Single) or nameof(Decimal) => "number",
        nameof(TimeSpan) => "duration",
        nameof(DateTimeOffset) or nameof(DateTime) => "date-time",
        nameof(DateOnly) => "date",
        nameof(TimeOnly) => "time",
        nameof(Uri) => "uri",
        nameof(TimeZoneInfo) => "time zone",
        _ => "string",
    };
}
