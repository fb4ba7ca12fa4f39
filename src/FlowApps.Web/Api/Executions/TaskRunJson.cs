using System.Text.Json;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Api.Executions;

/// <summary>A task run as Kestra's API shows it (kestra-semantics 3.2).</summary>
public static class TaskRunJson
{
    public static void Write(Utf8JsonWriter writer, Execution execution, TaskRun run)
    {
        writer.WriteStartObject();
        writer.WriteString("id", run.Id);
        writer.WriteString("executionId", execution.Id);
        writer.WriteString("namespace", execution.Namespace);
        writer.WriteString("flowId", execution.FlowId);
        writer.WriteString("taskId", run.TaskId);
        writer.WriteText("parentTaskRunId", run.ParentId);
        writer.WriteText("value", run.Value);
        if (run.Iteration is { } iteration) writer.WriteNumber("iteration", iteration);
        if (run.Attempts.Count > 0) WriteAttempts(writer, run);
        if (run.Outputs is not null) writer.WriteData("outputs", run.Outputs);
        if (run.Dynamic) writer.WriteBoolean("dynamic", true);
        StateJson.Write(writer, run.State);
        writer.WriteEndObject();
    }

    private static void WriteAttempts(Utf8JsonWriter writer, TaskRun run)
    {
        writer.WriteStartArray("attempts");
        foreach (var attempt in run.Attempts)
        {
            writer.WriteStartObject();
            StateJson.Write(writer, attempt.State);
            writer.WriteText("logFile", attempt.LogFile);
            writer.WriteText("workerId", attempt.WorkerId);
            writer.WriteText("error", attempt.Error);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
