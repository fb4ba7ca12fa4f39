using System.Text.Json;
using FlowApps.Domain.Files;

namespace FlowApps.Web.Api.Files;

/// <summary>What is known of a namespace file: <c>{type: File|Directory, size, fileName, lastModifiedTime, creationTime}</c>, times in milliseconds.</summary>
public static class NamespaceFileJson
{
    public static void Write(Utf8JsonWriter writer, StoredFile file)
    {
        writer.WriteStartObject();
        writer.WriteString("type", file.IsDirectory ? "Directory" : "File");
        writer.WriteNumber("size", file.Size);
        writer.WriteString("fileName", file.Name);
        writer.WriteNumber("lastModifiedTime", file.ModifiedAt.ToUnixTimeMilliseconds());
        writer.WriteNumber("creationTime", file.ModifiedAt.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }
}
