using System.Text.Json;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Api.Executions;

/// <summary>Resolved inputs: <c>{id, namespace, inputs: [{input, value, enabled, isDefault, errors: [{message}], options}], checks: [{message, style, behavior}]}</c>; checks are those that fail.</summary>
public static class ResolvedInputJson
{
    public static IResult Answer(string id, string ns, ResolvedForm form) => new JsonAnswer(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("namespace", ns);
        writer.WritePropertyName("inputs");
        writer.WriteArray(form.Inputs, Write);
        writer.WritePropertyName("checks");
        writer.WriteArray(form.Failing, static (to, check) => JsonSerializer.Serialize(to, new { check.Message, check.Style, check.Behavior }, Data.Json));
        writer.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter writer, ResolvedInput resolved)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("input");
        JsonSerializer.Serialize(writer, resolved.Input, Data.Json);
        if (resolved.Value is not null) writer.WriteData("value", resolved.Value);
        writer.WriteBoolean("enabled", resolved.Enabled);
        writer.WriteBoolean("isDefault", resolved.IsDefault);
        if (resolved.Errors.Count > 0)
        {
            writer.WritePropertyName("errors");
            writer.WriteArray(resolved.Errors, static (to, error) =>
            {
                to.WriteStartObject();
                to.WriteString("message", error.Message);
                to.WriteString("code", error.Code);
                to.WriteText("suggestion", error.Suggestion);
                to.WriteEndObject();
            });
        }
        if (resolved.Options.Count > 0)
        {
            writer.WritePropertyName("options");
            JsonSerializer.Serialize(writer, resolved.Options, Data.Json);
        }
        writer.WriteEndObject();
    }
}
