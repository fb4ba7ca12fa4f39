using System.Text.Json;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Api.Executions;

/// <summary>An execution as Kestra's API shows it (kestra-semantics 4.1); absent values are left out.</summary>
public static class ExecutionJson
{
    public static IResult Answer(Execution execution, int status = StatusCodes.Status200OK) => new JsonAnswer(writer => Write(writer, execution), status);

    public static void Write(Utf8JsonWriter writer, Execution execution)
    {
        writer.WriteStartObject();
        writer.WriteString("id", execution.Id);
        writer.WriteString("namespace", execution.Namespace);
        writer.WriteString("flowId", execution.FlowId);
        writer.WriteNumber("flowRevision", execution.FlowRevision);
        writer.WriteStartArray("taskRunList");
        foreach (var run in execution.TaskRuns) TaskRunJson.Write(writer, execution, run);
        writer.WriteEndArray();
        if (execution.Inputs.Count > 0) writer.WriteData("inputs", execution.Inputs);
        if (execution.Outputs is not null) writer.WriteData("outputs", execution.Outputs);
        if ((execution.Vars ?? execution.Variables) is { Count: > 0 } variables) writer.WriteData("variables", variables);
        writer.WriteLabels(execution.Labels);
        StateJson.Write(writer, execution.State);
        writer.WriteText("parentId", execution.ParentId);
        writer.WriteString("originalId", execution.OriginalId ?? execution.Id);
        if (execution.Trigger is { } trigger) Write(writer, trigger);
        writer.WriteBoolean("deleted", false);
        writer.WriteStartObject("metadata");
        writer.WriteNumber("attemptNumber", execution.AttemptNumber);
        writer.WriteDate("originalCreatedDate", execution.OriginalCreatedDate ?? execution.State.StartDate);
        writer.WriteEndObject();
        writer.WriteDate("scheduleDate", execution.ScheduleDate);
        if (execution.Kind != ExecutionKind.Normal) writer.WriteString("kind", execution.Kind.ToString().ToUpperInvariant());
        if (execution.Breakpoints.Count > 0) WriteBreakpoints(writer, execution.Breakpoints);
        writer.WriteText("createdBy", execution.CreatedBy);
        writer.WriteText("error", execution.Error);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ExecutionTrigger trigger)
    {
        writer.WriteStartObject("trigger");
        writer.WriteString("id", trigger.Id);
        writer.WriteString("type", trigger.Type);
        writer.WriteData("variables", trigger.Variables);
        writer.WriteText("logFile", trigger.LogFile);
        writer.WriteEndObject();
    }

    /// <summary>A breakpoint is a task id, or <c>task.value</c> inside a loop.</summary>
    private static void WriteBreakpoints(Utf8JsonWriter writer, IReadOnlyList<string> breakpoints)
    {
        writer.WritePropertyName("breakpoints");
        writer.WriteArray(breakpoints, static (to, breakpoint) =>
        {
            var parts = breakpoint.Split('.', 2);
            to.WriteStartObject();
            to.WriteString("id", parts[0]);
            to.WriteText("value", parts.Length > 1 ? parts[1] : null);
            to.WriteEndObject();
        });
    }
}
