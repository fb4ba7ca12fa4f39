namespace FlowApps.Expressions;

/// <summary>Kinds of things that the expression language has.</summary>
public enum EntryKind { Filter, Function, Test, Tag, Operator }
