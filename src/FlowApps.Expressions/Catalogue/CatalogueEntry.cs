namespace FlowApps.Expressions;

/// <summary>One entry of the language reference. <see cref="Result"/> is what <see cref="Example"/> renders to; null where that varies or needs the outside.</summary>
public sealed record CatalogueEntry(
    EntryKind Kind, string Name, string Description, string Signature, IReadOnlyList<EntryParameter> Parameters, string Example, string? Result, bool IsOutside);
