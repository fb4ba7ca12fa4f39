namespace FlowApps.Engine.Triggers;

/// <summary>Parts of a multiple condition or of preconditions; see <see cref="MultipleWindow.Note"/>.</summary>
public sealed record PendingParts(string Id, IReadOnlyList<string> Parts, IReadOnlyList<string> Met, TimeWindow Window, bool ResetOnSuccess);
