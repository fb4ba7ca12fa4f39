using FlowApps.Domain.Values;

namespace FlowApps.Domain.Triggers;

/// <summary>
/// What a trigger keeps between its looks and over restarts, such as how far it has read. It is stored in the commit of the execution that it starts next, so what was
/// found is neither lost nor found twice. For one thread at a time.
/// </summary>
public sealed class TriggerMemory(IReadOnlyDictionary<string, object?>? stored = null, Func<TriggerMemory, CancellationToken, Task>? save = null)
{
    /// <summary>Empty when nothing was kept yet.</summary>
    public IReadOnlyDictionary<string, object?> Value { get; private set; } = stored ?? Data.Map();

    /// <summary>Something was kept that is not stored yet.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Of a polling trigger: what its source waits to hear about. It is confirmed after the commit that follows the look, then disposed.</summary>
    public IHandover? Handover { get; set; }

    /// <summary>Keeps plain values. A polling trigger that finds nothing stores them when it has looked.</summary>
    public void Keep(IReadOnlyDictionary<string, object?> value) => (Value, IsChanged) = (value, true);

    /// <summary>Stores what is kept now, without an execution. Errors: of the store, or when another node holds the trigger.</summary>
    public async Task SaveAsync(CancellationToken cancellation)
    {
        if (IsChanged && save is not null) await save(this, cancellation);
        Stored();
    }

    /// <summary>The runtime has stored what was kept.</summary>
    public void Stored() => IsChanged = false;
}
