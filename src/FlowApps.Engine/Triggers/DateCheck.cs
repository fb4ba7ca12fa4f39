namespace FlowApps.Engine.Triggers;

/// <summary>Whether the conditions of a trigger hold for these <c>trigger.*</c> variables.</summary>
public delegate bool DateCheck(IReadOnlyDictionary<string, object?> trigger);
