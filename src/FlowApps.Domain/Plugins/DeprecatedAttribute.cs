namespace FlowApps.Domain.Plugins;

/// <summary>An old property that still works: flow validation lists its path and says what to use instead.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DeprecatedAttribute(string? instead = null) : Attribute
{
    public string? Instead { get; } = instead;
}
