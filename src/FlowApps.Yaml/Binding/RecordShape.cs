using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using FlowApps.Domain.Plugins;

namespace FlowApps.Yaml.Binding;

/// <summary>How a record is filled: its constructor and its members by every name they have. Worked out once per type.</summary>
internal sealed class RecordShape
{
    private static readonly ConcurrentDictionary<Type, RecordShape> Shapes = new();

    private readonly ConstructorInvoker constructor;
    private readonly int parameters;
    private readonly Dictionary<string, Member> byName = new(StringComparer.Ordinal);

    private RecordShape(Type type)
    {
        Type = type;
        HasDiscriminator = type.BaseType?.IsDefined(typeof(JsonDerivedTypeAttribute), false) == true;
        var info = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        constructor = ConstructorInvoker.Create(info);
        parameters = info.GetParameters().Length;
        Members = [.. MembersOf(type, info.GetParameters())];
        foreach (var member in Members)
            foreach (var name in member.Aliases.Prepend(member.Name)) byName[name] = member;
    }

    public Type Type { get; }

    /// <summary>Members of base records first, as people expect to read them.</summary>
    public IReadOnlyList<Member> Members { get; }

    /// <summary>A member of a closed family: a <c>type</c> in the text has chosen it and is not a member of its own.</summary>
    public bool HasDiscriminator { get; }

    /// <summary>Every name that a text may use.</summary>
    public IEnumerable<string> Names => byName.Keys;

    public static RecordShape Of(Type type) => Shapes.GetOrAdd(type, t => new RecordShape(t));

    public Member? Find(string name) => byName.GetValueOrDefault(name);

    public object Create(IReadOnlyDictionary<Member, object?> values)
    {
        var arguments = new object?[parameters];
        foreach (var member in Members)
            if (member.Parameter >= 0) arguments[member.Parameter] = values.TryGetValue(member, out var given) ? given : member.Default;
        var made = constructor.Invoke(arguments.AsSpan());
        foreach (var (member, value) in values)
            if (member.Parameter < 0) member.Property.SetValue(made, value);
        return made;
    }

    private static IEnumerable<Member> MembersOf(Type type, ParameterInfo[] parameters)
    {
        var nullability = new NullabilityInfoContext();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && !p.IsDefined(typeof(NotWrittenAttribute), true))
            .DistinctBy(p => p.Name)
            .OrderBy(p => Depth(p.DeclaringType!)).ThenBy(p => p.MetadataToken);
        foreach (var property in properties)
        {
            var parameter = parameters.FirstOrDefault(p => p.Name == property.Name);
            if (parameter is null && (property.SetMethod is null || property.IsDefined(typeof(JsonIgnoreAttribute), true))) continue;
            var nullable = nullability.Create(property).WriteState == NullabilityState.Nullable;
            var list = Conversions.ElementOf(property.PropertyType) is not null;
            var old = property.GetCustomAttribute<DeprecatedAttribute>();
            yield return new Member(JsonNamingPolicy.CamelCase.ConvertName(property.Name), property.PropertyType, property)
            {
                Aliases = property.GetCustomAttribute<AliasAttribute>()?.Names ?? [],
                Nullable = nullable,
                Required = property.IsDefined(typeof(RequiredMemberAttribute), true) || parameter is { HasDefaultValue: false } && !nullable && !list,
                Deprecated = old is not null,
                Instead = old?.Instead,
                Parameter = parameter?.Position ?? -1,
                Default = parameter is null ? null : parameter.HasDefaultValue ? DefaultOf(parameter) : list && !nullable ? Conversions.EmptyList(property.PropertyType) : null,
            };
        }
    }

    private static object? DefaultOf(ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return parameter.DefaultValue is { } value && type.IsEnum ? Enum.ToObject(type, value) : parameter.DefaultValue;
    }

    private static int Depth(Type type) => type.BaseType is null ? 0 : 1 + Depth(type.BaseType);
}
