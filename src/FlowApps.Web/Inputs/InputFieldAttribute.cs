using FlowApps.Domain.Inputs;

namespace FlowApps.Web.Inputs;

/// <summary>Names the input types that a field component asks for. Exactly one field per type; a test walks the types.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InputFieldAttribute(params InputType[] types) : Attribute
{
    public IReadOnlyList<InputType> Types { get; } = types;
}
