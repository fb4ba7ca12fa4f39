namespace FlowApps.Web.Apps.Drafts;

/// <summary>
/// What a page of a form has to save. <c>Page</c> and <c>Turn</c>: which page, and its how-manieth change, so that a change that was overtaken on its way does not undo a later one; no turn for
/// a browser without scripts. <c>Step</c> null leaves the draft at its step, <c>Field</c> null at its field.
/// </summary>
public sealed record DraftChange(IReadOnlyDictionary<string, object?> Entries, IReadOnlyCollection<string> Touched)
{
    public const string PageField = "page";
    public const string TurnField = "turn";

    public string? Page { get; init; }
    public long? Turn { get; init; }
    public string? Step { get; init; }
    public string? Field { get; init; }

    /// <summary>Whether what is kept already came from the same page later, or that page was sent.</summary>
    public bool IsLate(Draft kept) => Page is not null && kept.Page == Page && (kept.IsSent || Turn <= kept.Turn);
}
