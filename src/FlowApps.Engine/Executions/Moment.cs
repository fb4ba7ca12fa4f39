namespace FlowApps.Engine.Executions;

/// <summary>What the engine may not make itself: the time and new ids. Made by the caller, once per decision.</summary>
public sealed record Moment(DateTimeOffset Now, Func<string> NewId);
