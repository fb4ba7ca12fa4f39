using FlowApps.Domain.Triggers;

namespace FlowApps.Web.Triggers;

/// <summary>A trigger's state, and its definition in its flow when that can be read.</summary>
public sealed record TriggerRow(TriggerState State, TriggerDefinition? Definition)
{
    public TriggerKey Key => State.Key;

    /// <summary>Switched on, here and in its flow.</summary>
    public bool IsOn => !State.Disabled && Definition?.Disabled != true;
}
