using FlowApps.Web.Look;

namespace FlowApps.Web.Flows.Topology;

/// <summary>How a task stands in an execution: its shape, a short word (how long, which try, how many), and the address that opens it.</summary>
public sealed record TaskMark(Silhouette Of, string Words, string? Address = null);
