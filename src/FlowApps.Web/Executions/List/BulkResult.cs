namespace FlowApps.Web.Executions.List;

/// <summary>What became of an action on many executions.</summary>
public sealed record BulkResult(string Action, int Done, IReadOnlyList<(string Id, string Why)> Refused);
