using FlowApps.Domain.Executions;

namespace FlowApps.Domain.Triggers;

/// <summary>
/// What people may do to a trigger's state (kestra-semantics 10.2, 10.3). Implemented by the runtime, whose scheduler takes every change in at once. Errors:
/// <see cref="Problems.RefusedException"/> NotFound for an unknown trigger, Invalid for a backfill of a trigger that is no schedule.
/// </summary>
public interface ITriggers
{
    Task<TriggerState> SetDisabledAsync(TriggerKey key, bool disabled, CancellationToken cancellation);

    /// <summary>Forgets the execution or evaluation that holds the trigger.</summary>
    Task<TriggerState> UnlockAsync(TriggerKey key, CancellationToken cancellation);

    /// <summary>Stops and starts a trigger that listens all the time; others are evaluated anew.</summary>
    Task<TriggerState> RestartAsync(TriggerKey key, CancellationToken cancellation);

    /// <summary>Makes up for every date from <c>Start</c> to <c>End</c> (now when absent); an earlier backfill is replaced.</summary>
    Task<TriggerState> StartBackfillAsync(TriggerKey key, Backfill backfill, CancellationToken cancellation);

    Task<TriggerState> PauseBackfillAsync(TriggerKey key, bool paused, CancellationToken cancellation);

    Task<TriggerState> EndBackfillAsync(TriggerKey key, CancellationToken cancellation);
}

/// <summary>A call of a webhook address. <c>Body</c>: JSON as plain data, else text, null when empty; headers and parameters are lists by name.</summary>
public sealed record WebhookCall(Flows.FlowId Flow, string Key, string Method, object? Body, IReadOnlyDictionary<string, object?> Headers, IReadOnlyDictionary<string, object?> Parameters)
{
    public string? IdempotencyKey { get; init; }

    /// <summary>The body as it came, for signatures.</summary>
    public ReadOnlyMemory<byte> Raw { get; init; }
}

/// <summary>
/// What came of it. <c>Execution</c> null: the trigger's conditions do not hold. <c>Wait</c>: answer when the execution has ended; <c>ReturnOutputs</c>: with its outputs only;
/// <c>ContentType</c>: as this type.
/// </summary>
public sealed record WebhookAnswer(Execution? Execution, bool Wait = false, bool ReturnOutputs = false, string? ContentType = null);

/// <summary>Starts executions by HTTP call (kestra-semantics 10.5). Implemented by the runtime.</summary>
public interface IWebhooks
{
    /// <summary>
    /// Errors: NotFound ("Flow not found") for an unknown flow or key, Conflict for a disabled flow, Forbidden for a signature that does not fit, TooLarge, TooMany.
    /// </summary>
    Task<WebhookAnswer> CallAsync(WebhookCall call, CancellationToken cancellation);
}
