using System.Text.Json;
using FlowApps.Domain.Apps;

namespace FlowApps.Web.Api.Apps;

/// <summary>An app in lists and answers: <c>{uid, id, name, type, namespace, flowId, tags, enabled, …}</c>. The uid is <c>namespace:id</c>.</summary>
public static class AppJson
{
    public static string Uid(string ns, string id) => $"{ns}:{id}";

    public static void Write(Utf8JsonWriter writer, App app) => Write(writer, app, revision: null);

    public static void Write(Utf8JsonWriter writer, App app, AppRevision? revision)
    {
        writer.WriteStartObject();
        writer.WriteString("uid", Uid(app.Namespace, app.Id));
        writer.WriteString("id", app.Id);
        writer.WriteString("name", app.Title);
        writer.WriteString("type", app.Type);
        writer.WriteString("namespace", app.Namespace);
        writer.WriteString("flowId", app.FlowId);
        writer.WriteText("description", app.Description);
        writer.WritePropertyName("tags");
        writer.WriteArray(app.Tags, static (to, tag) => to.WriteStringValue(tag));
        writer.WriteText("thumbnail", app.Thumbnail);
        writer.WriteText("icon", app.Icon);
        writer.WriteBoolean("enabled", !(revision?.Disabled ?? app.Disabled));
        writer.WriteNumber("revision", revision?.Revision ?? app.Revision);
        if (app.Implicit) writer.WriteBoolean("implicit", true);
        writer.WriteString("url", $"/a/{app.Namespace}/{app.Id}");
        writer.WriteDate("updated", revision?.SavedAt);
        writer.WriteText("source", revision?.Source);
        writer.WriteEndObject();
    }
}
