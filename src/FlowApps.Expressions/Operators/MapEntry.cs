namespace FlowApps.Expressions.Operators;

/// <summary>One entry of a map that is looped over.</summary>
internal sealed record MapEntry(string Key, object? Value);
