using System.Collections.Frozen;
using System.Reflection;
using FlowApps.Domain.Inputs;

namespace FlowApps.Web.Inputs;

/// <summary>Which component asks for an input of a type, found by attribute.</summary>
public static class InputFields
{
    private static readonly FrozenDictionary<InputType, Type> ByType = typeof(InputFields).Assembly.GetTypes()
        .SelectMany(type => type.GetCustomAttribute<InputFieldAttribute>()?.Types.Select(asked => (asked, type)) ?? [])
        .ToFrozenDictionary(pair => pair.asked, pair => pair.type);

    /// <summary>Null for FORM, which is a step and not a field.</summary>
    public static Type? For(InputType type) => ByType.GetValueOrDefault(type);
}
