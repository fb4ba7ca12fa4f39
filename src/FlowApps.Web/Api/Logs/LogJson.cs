using System.Text.Json;
using FlowApps.Domain.Logs;

namespace FlowApps.Web.Api.Logs;

/// <summary>A log line as Kestra's API shows it (kestra-semantics 12.6).</summary>
public static class LogJson
{
    public static void Write(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", entry.Namespace);
        writer.WriteString("flowId", entry.FlowId);
        writer.WriteText("taskId", entry.TaskId);
        writer.WriteText("executionId", entry.ExecutionId);
        writer.WriteText("taskRunId", entry.TaskRunId);
        if (entry.AttemptNumber is { } attempt) writer.WriteNumber("attemptNumber", attempt);
        writer.WriteText("triggerId", entry.TriggerId);
        writer.WriteDate("timestamp", entry.Timestamp);
        writer.WriteString("level", entry.Level.ToString().ToUpperInvariant());
        writer.WriteText("thread", entry.Thread);
        writer.WriteString("message", entry.Message);
        writer.WriteEndObject();
    }
}
