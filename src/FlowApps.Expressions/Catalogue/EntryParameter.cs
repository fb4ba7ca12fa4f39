namespace FlowApps.Expressions;

/// <summary>One parameter of a filter, function or test.</summary>
public sealed record EntryParameter(string Name, bool IsOptional);
