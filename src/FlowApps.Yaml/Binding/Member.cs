using System.Reflection;

namespace FlowApps.Yaml.Binding;

/// <summary>A property of a record as a text may give it.</summary>
internal sealed record Member(string Name, Type Type, PropertyInfo Property)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Must be given and not null.</summary>
    public bool Required { get; init; }

    /// <summary>Takes null; otherwise a null in the text means that the property is not given.</summary>
    public bool Nullable { get; init; }

    public bool Deprecated { get; init; }
    public string? Instead { get; init; }

    /// <summary>The place among the constructor's parameters; -1 for a property that is set after it.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>What the constructor gets when the text says nothing.</summary>
    public object? Default { get; init; }

    /// <summary>A list that must hold something when it is required.</summary>
    public bool IsList => Conversions.ElementOf(Type) is not null;
}
