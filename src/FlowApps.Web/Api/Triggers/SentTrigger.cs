using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;

namespace FlowApps.Web.Api.Triggers;

/// <summary>A trigger as clients send it: its name, and what they want changed.</summary>
public sealed record SentTrigger(string? Namespace, string? FlowId, string? TriggerId, bool? Disabled, SentBackfill? Backfill)
{
    /// <summary>Errors: Invalid when a part of the name is missing.</summary>
    public TriggerKey Key => Namespace is { Length: > 0 } ns && FlowId is { Length: > 0 } flow && TriggerId is { Length: > 0 } trigger
        ? new TriggerKey(ns, flow, trigger)
        : throw RefusedException.Invalid("trigger_name", "A trigger is named by namespace, flowId and triggerId.");
}

public sealed record SentBackfill(DateTimeOffset? Start, DateTimeOffset? End, bool? Paused, OrderedDictionary<string, object?>? Inputs, List<Label>? Labels)
{
    /// <summary>Errors: Invalid without a start, or when it ends before it begins.</summary>
    public Backfill Read() =>
        Start is not { } start ? throw RefusedException.Invalid("backfill_start", "A backfill needs a start.")
        : End < start ? throw RefusedException.Invalid("backfill_end", "A backfill ends after its start.")
        : new Backfill(start, End, Paused: Paused ?? false) { Inputs = Inputs, Labels = Labels ?? [] };
}
