using System.Text.Json;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Web.Api.Kv;

/// <summary>A key and what is known of it; the value only where it is asked for.</summary>
public static class KvJson
{
    public static void Write(Utf8JsonWriter writer, KvEntry entry) => Write(writer, entry, value: false);

    public static void Write(Utf8JsonWriter writer, KvEntry entry, bool value)
    {
        writer.WriteStartObject();
        writer.WriteString("namespace", entry.Namespace);
        writer.WriteString("key", entry.Key);
        writer.WriteString("type", entry.Type.ToString().ToUpperInvariant());
        if (value) writer.WriteData("value", entry.Value);
        writer.WriteText("description", entry.Description);
        writer.WriteNumber("version", entry.Version);
        writer.WriteDate("creationDate", entry.CreatedAt);
        writer.WriteDate("updateDate", entry.UpdatedAt);
        writer.WriteDate("expirationDate", entry.ExpiresAt);
        writer.WriteEndObject();
    }
}
