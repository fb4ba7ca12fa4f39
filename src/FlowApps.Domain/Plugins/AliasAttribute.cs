namespace FlowApps.Domain.Plugins;

/// <summary>Other names under which a flow may give this property (<c>maxAttempt</c> for <c>MaxAttempts</c>), as written in YAML.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AliasAttribute(params string[] names) : Attribute
{
    public IReadOnlyList<string> Names { get; } = names;
}
