namespace FlowApps.Engine.Triggers;

/// <summary>Parts of a multiple condition, of preconditions or of <c>dependsOn</c>, of which <c>Needed</c> must be met; see <see cref="MultipleWindow.Note"/>.</summary>
public sealed record PendingParts(string Id, IReadOnlyList<string> Parts, IReadOnlyList<string> Met, IWindow Window, bool ResetOnSuccess)
{
    public int Needed { get; init; } = Parts.Count;

    /// <summary>At most one execution per window.</summary>
    public bool FireOnce { get; init; }
}
