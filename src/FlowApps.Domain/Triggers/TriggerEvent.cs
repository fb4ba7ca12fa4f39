namespace FlowApps.Domain.Triggers;

/// <summary>What a realtime trigger heard. <paramref name="Variables"/> become <c>trigger.*</c> of the execution.</summary>
public sealed record TriggerEvent(IReadOnlyDictionary<string, object?> Variables)
{
    /// <summary>The source's own name of the event: another with the same one within 30 days is the same and starts nothing. Null: every event is a new one.</summary>
    public string? Id { get; init; }
}
