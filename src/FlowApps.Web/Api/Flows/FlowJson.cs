using System.Text.Json;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api.Flows;

/// <summary>A flow as JSON: what its text says, property by property as written, with what the server knows (revision, disabled, deleted, updated) and, if asked for, the text itself.</summary>
public static class FlowJson
{
    private static readonly HashSet<string> Known = ["id", "namespace", "revision", "labels", "disabled", "deleted", "source", "updated"];

    public static IResult Answer(FlowRevision revision, bool source = true) => new JsonAnswer(writer => Write(writer, revision, source));

    public static void Write(Utf8JsonWriter writer, FlowRevision revision) => Write(writer, revision, source: false);

    public static void Write(Utf8JsonWriter writer, FlowRevision revision, bool source)
    {
        var text = Read(revision.Source);
        writer.WriteStartObject();
        writer.WriteString("id", revision.Key.Id);
        writer.WriteString("namespace", revision.Key.Namespace);
        writer.WriteNumber("revision", revision.Revision);
        foreach (var (name, value) in text.Where(entry => !Known.Contains(entry.Key) && entry.Value is not null)) writer.WriteData(name, name == "triggers" ? Triggers(value) : value);
        writer.WriteLabels(Labels(text.GetValueOrDefault("labels")));
        writer.WriteBoolean("disabled", revision.Disabled);
        writer.WriteBoolean("deleted", revision.Deleted);
        writer.WriteDate("updated", revision.SavedAt);
        if (source) writer.WriteString("source", revision.Source);
        writer.WriteEndObject();
    }

    /// <summary>The text as plain data; empty when it cannot be read as a map.</summary>
    public static IReadOnlyDictionary<string, object?> Read(string source) =>
        YamlText.Read(source).Root?.ToData() as IReadOnlyDictionary<string, object?> ?? Data.Map();

    /// <summary>Labels are written as a map or as a list of key and value.</summary>
    private static List<Label> Labels(object? labels) => labels switch
    {
        IReadOnlyDictionary<string, object?> map => map.Select(entry => new Label(entry.Key, Text(entry.Value))).ToList(),
        IReadOnlyList<object?> list => list.OfType<IReadOnlyDictionary<string, object?>>()
            .Select(entry => new Label(Text(entry.GetValueOrDefault("key")) ?? "", Text(entry.GetValueOrDefault("value")))).ToList(),
        _ => [],
    };

    /// <summary>Kestra's clients need two properties of a trigger, written or not.</summary>
    private static object? Triggers(object? triggers) => triggers is not IReadOnlyList<object?> list ? triggers : list.Select(item =>
    {
        if (item is not IReadOnlyDictionary<string, object?> written) return item;
        var shown = new OrderedDictionary<string, object?>(written, StringComparer.Ordinal);
        shown.TryAdd("disabled", false);
        shown.TryAdd("stopAfter", Array.Empty<object?>());
        return shown;
    }).ToList();

    private static string? Text(object? value) => value as string ?? (value is null ? null : Data.Write(value));
}
