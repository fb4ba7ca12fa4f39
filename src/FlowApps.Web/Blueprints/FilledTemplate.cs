using FlowApps.Domain.Inputs;

namespace FlowApps.Web.Blueprints;

/// <summary>The form of a template's arguments as it was sent, to be shown again: what was typed, what it resolves to, and what else is wrong.</summary>
public sealed record FilledTemplate(IReadOnlyDictionary<string, object?> Entries, IReadOnlyList<ResolvedInput> Arguments, string? Refused = null);
