namespace FlowApps.Web.Flows.Topology;

/// <summary>What a node stands for: the begin and end of a cluster, a task, a trigger.</summary>
public enum NodeKind { Start, End, Task, Trigger }

/// <summary>Why one node follows another.</summary>
public enum EdgeRelation { Sequential, Parallel, Choice, Dynamic, Error, Finally, AfterExecution, Trigger }

/// <summary>A node of a flow's graph. <c>Id</c> is the path of ids from the root (<c>root.parent.task</c>); <c>Name</c> the task's or trigger's id.</summary>
public sealed record GraphNode(string Id, NodeKind Kind, string? Name = null, string? Type = null, bool Disabled = false);

/// <summary>An arrow. <c>Value</c>: the case, <c>true</c>/<c>false</c> of a choice, or null.</summary>
public sealed record GraphEdge(string From, string To, EdgeRelation Relation = EdgeRelation.Sequential, string? Value = null);

/// <summary>A box around the nodes of a flowable task (or of a branch of its own: errors, finally). <c>Task</c> is the flowable's node id.</summary>
public sealed record GraphCluster(string Id, string? Name, string? Type, string? Parent, string Start, string End, IReadOnlyList<string> Nodes);

/// <summary>The graph of a flow: what runs after what. Pure data; drawn by pages and sent by the API.</summary>
public sealed record FlowGraph(IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges, IReadOnlyList<GraphCluster> Clusters);
