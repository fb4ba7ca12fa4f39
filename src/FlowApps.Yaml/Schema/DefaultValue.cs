using System.Collections;
using System.Text.Json;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Binding;

namespace FlowApps.Yaml.Schema;

/// <summary>What a property is when the text says nothing, as the text would say it; null when that is nothing, nothing in it, or a map of its own.</summary>
internal static class DefaultValue
{
    public static object? Of(Member member, object sample) => Shown(member.Property.GetValue(sample));

    private static object? Shown(object? value) => value switch
    {
        null or "" => null,
        IProperty dynamic => Shown(dynamic.Raw),
        Enum word => JsonNamingPolicy.SnakeCaseUpper.ConvertName(word.ToString()),
        TimeSpan span => Duration.Write(span),
        bool or int or long or double or string => value,
        IDictionary => null,
        IEnumerable<string> { } words when words.Any() => words.Cast<object?>().ToList(),
        _ => null,
    };
}
