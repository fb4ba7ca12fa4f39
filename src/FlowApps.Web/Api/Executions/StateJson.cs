using System.Text.Json;
using FlowApps.Domain.Executions;

namespace FlowApps.Web.Api.Executions;

/// <summary>A state and its history: <c>{current, histories: [{state, date}], startDate, endDate, duration}</c>.</summary>
public static class StateJson
{
    public static void Write(Utf8JsonWriter writer, StateTrail trail)
    {
        writer.WriteStartObject("state");
        writer.WriteString("current", trail.Current.Word);
        writer.WriteStartArray("histories");
        foreach (var change in trail.Histories)
        {
            writer.WriteStartObject();
            writer.WriteString("state", change.State.Word);
            writer.WriteDate("date", change.Date);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteDate("startDate", trail.StartDate);
        writer.WriteDate("endDate", trail.EndDate);
        writer.WriteDuration("duration", trail.Duration);
        writer.WriteEndObject();
    }
}
