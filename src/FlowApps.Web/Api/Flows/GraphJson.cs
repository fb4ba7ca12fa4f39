using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Web.Api.Executions;
using FlowApps.Web.Flows.Topology;

namespace FlowApps.Web.Api.Flows;

/// <summary>A flow's graph in Kestra's shape: <c>{nodes: [{uid, type, task, taskRun}], edges: [{source, target, relation}], clusters, flowables}</c>.</summary>
public static class GraphJson
{
    public static IResult Answer(FlowGraph graph, Execution? execution = null) => new JsonAnswer(writer =>
    {
        var runs = execution?.TaskRuns.ToLookup(run => run.TaskId);
        writer.WriteStartObject();
        writer.WritePropertyName("nodes");
        writer.WriteArray(graph.Nodes, (to, node) => Write(to, node, execution, runs));
        writer.WritePropertyName("edges");
        writer.WriteArray(graph.Edges, Write);
        writer.WritePropertyName("clusters");
        writer.WriteArray(graph.Clusters, Write);
        writer.WritePropertyName("flowables");
        writer.WriteArray(graph.Clusters.Where(c => c.Type is not null), static (to, cluster) => to.WriteStringValue(cluster.Name));
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, GraphNode node, Execution? execution, ILookup<string, TaskRun>? runs)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", node.Id);
        writer.WriteString("type", node.Kind switch
        {
            NodeKind.Start => "io.kestra.core.models.hierarchies.GraphClusterRoot",
            NodeKind.End => "io.kestra.core.models.hierarchies.GraphClusterEnd",
            NodeKind.Trigger => "io.kestra.core.models.hierarchies.GraphTrigger",
            _ => "io.kestra.core.models.hierarchies.GraphTask",
        });
        if (node.Name is not null)
        {
            writer.WriteStartObject(node.Kind == NodeKind.Trigger ? "triggerDeclaration" : "task");
            writer.WriteString("id", node.Name);
            writer.WriteText("type", node.Type);
            if (node.Disabled) writer.WriteBoolean("disabled", true);
            writer.WriteEndObject();
            if (runs is not null && node.Kind == NodeKind.Task) WriteRuns(writer, execution!, [.. runs[node.Name]]);
        }
        writer.WriteEndObject();
    }

    /// <summary>The last run, and all when there are several (loops).</summary>
    private static void WriteRuns(Utf8JsonWriter writer, Execution execution, List<TaskRun> runs)
    {
        if (runs.Count == 0) return;
        writer.WritePropertyName("taskRun");
        TaskRunJson.Write(writer, execution, runs[^1]);
        if (runs.Count > 1) writer.WriteNumber("taskRunCount", runs.Count);
    }

    private static void Write(Utf8JsonWriter writer, GraphEdge edge)
    {
        writer.WriteStartObject();
        writer.WriteString("source", edge.From);
        writer.WriteString("target", edge.To);
        writer.WriteStartObject("relation");
        writer.WriteString("relationType", Domain.Values.Data.Write(edge.Relation).Trim('"'));
        writer.WriteText("value", edge.Value);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, GraphCluster cluster)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("cluster");
        writer.WriteString("uid", cluster.Id);
        writer.WriteText("taskId", cluster.Name);
        writer.WriteText("type", cluster.Type);
        writer.WriteEndObject();
        writer.WritePropertyName("nodes");
        writer.WriteArray(cluster.Nodes, static (to, node) => to.WriteStringValue(node));
        writer.WritePropertyName("parents");
        writer.WriteArray(cluster.Parent is { } parent ? [parent] : Array.Empty<string>(), static (to, id) => to.WriteStringValue(id));
        writer.WriteString("start", cluster.Start);
        writer.WriteString("end", cluster.End);
        writer.WriteEndObject();
    }
}
