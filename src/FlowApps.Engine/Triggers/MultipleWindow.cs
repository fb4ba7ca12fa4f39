namespace FlowApps.Engine.Triggers;

/// <summary>
/// What has been seen of a multiple condition, of preconditions or of <c>dependsOn</c>, kept as a document by (flow, trigger, condition id): when each of its parts was last true, and by which
/// execution. Pure: a new execution gives the next one.
/// </summary>
public sealed record MultipleWindow
{
    private static readonly Dictionary<string, DateTimeOffset> Nothing = [];

    public IReadOnlyDictionary<string, DateTimeOffset> Seen { get; init; } = Nothing;

    /// <summary>The execution that met a part last.</summary>
    public IReadOnlyDictionary<string, string> By { get; init; } = new Dictionary<string, string>();

    /// <summary>When it last was complete.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Notes which parts a new execution met. <c>Complete</c>: enough parts were met within the window; the executions that met them, null otherwise.</summary>
    public (MultipleWindow Next, IReadOnlyCollection<string>? Complete) Note(PendingParts pending, string executionId, DateTimeOffset now)
    {
        if (pending.Window.At(now) is not var (start, _)) return (this, null);
        if (pending.FireOnce && CompletedAt >= start) return (this, null);
        var seen = Seen.Where(entry => pending.Parts.Contains(entry.Key) && entry.Value >= start && entry.Value <= now).ToDictionary(StringComparer.Ordinal);
        var by = By.Where(entry => seen.ContainsKey(entry.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var part in pending.Met) (seen[part], by[part]) = (now, executionId);
        var isComplete = pending.Met.Count > 0 && pending.Parts.Count(seen.ContainsKey) >= pending.Needed;
        var next = isComplete && pending.ResetOnSuccess ? new MultipleWindow { CompletedAt = now } : new MultipleWindow { Seen = seen, By = by, CompletedAt = isComplete ? now : CompletedAt };
        return (next, isComplete ? [.. by.Values.Distinct(StringComparer.Ordinal)] : null);
    }
}
