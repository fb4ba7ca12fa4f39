namespace FlowApps.Domain.Flows;

/// <summary>A stored revision: the source to the letter (without a <c>revision:</c> line), who saved it and when.</summary>
public sealed record FlowRevision(FlowId Key, int Revision, string Source, DateTimeOffset SavedAt, string? SavedBy, bool Disabled = false, bool Deleted = false);
