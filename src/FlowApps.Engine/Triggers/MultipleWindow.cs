namespace FlowApps.Engine.Triggers;

/// <summary>
/// What has been seen of a multiple condition or of preconditions, kept as a document by (flow, trigger, condition id): when each of its parts was last true. Pure: a new execution gives the
/// next one.
/// </summary>
public sealed record MultipleWindow
{
    public IReadOnlyDictionary<string, DateTimeOffset> Seen { get; init; } = new Dictionary<string, DateTimeOffset>();

    /// <summary>Notes which parts a new execution met; <c>IsComplete</c> when each of <paramref name="parts"/> was met within the window.</summary>
    public (MultipleWindow Next, bool IsComplete) Note(IReadOnlyCollection<string> parts, IReadOnlyCollection<string> met, TimeWindow window, DateTimeOffset now, bool resetOnSuccess)
    {
        if (window.At(now) is not var (start, _)) return (this, false);
        var seen = Seen.Where(entry => parts.Contains(entry.Key) && entry.Value >= start && entry.Value <= now).ToDictionary(StringComparer.Ordinal);
        foreach (var part in met) seen[part] = now;
        var complete = met.Count > 0 && parts.All(seen.ContainsKey);
        return (new MultipleWindow { Seen = complete && resetOnSuccess ? new Dictionary<string, DateTimeOffset>() : seen }, complete);
    }
}
