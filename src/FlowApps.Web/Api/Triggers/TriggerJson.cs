using System.Text.Json;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api.Triggers;

/// <summary>A trigger's state as Kestra's API shows it (kestra-semantics 10.2).</summary>
public static class TriggerJson
{
    public static IResult Answer(TriggerState state) => new JsonAnswer(writer => Write(writer, state));

    public static void Write(Utf8JsonWriter writer, TriggerState state)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", state.Key.Namespace);
        writer.WriteString("flowId", state.Key.FlowId);
        writer.WriteString("triggerId", state.Key.TriggerId);
        writer.WriteString("type", state.Type);
        writer.WriteNumber("flowRevision", state.FlowRevision);
        writer.WriteDate("date", state.Date);
        writer.WriteDate("nextExecutionDate", state.NextExecutionDate);
        writer.WriteText("executionId", state.ExecutionId);
        writer.WriteDate("evaluateRunningDate", state.EvaluateRunningDate);
        writer.WriteText("workerId", state.WorkerId);
        writer.WriteDate("updatedDate", state.UpdatedDate);
        writer.WriteBoolean("disabled", state.Disabled);
        if (state.StopAfter.Count > 0)
        {
            writer.WritePropertyName("stopAfter");
            writer.WriteArray(state.StopAfter, static (to, word) => to.WriteStringValue(word.Word));
        }
        if (state.Backfill is { } backfill) Write(writer, backfill);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Backfill backfill)
    {
        writer.WriteStartObject("backfill");
        writer.WriteDate("start", backfill.Start);
        writer.WriteDate("end", backfill.End);
        writer.WriteDate("currentDate", backfill.CurrentDate);
        writer.WriteBoolean("paused", backfill.Paused);
        writer.WriteData("inputs", backfill.Inputs ?? Data.Map());
        writer.WriteLabels(backfill.Labels);
        writer.WriteDate("previousNextExecutionDate", backfill.PreviousNextExecutionDate);
        writer.WriteEndObject();
    }
}
