using System.Text.Json;
using FlowApps.Expressions.Json;

namespace FlowApps.Expressions.Tests;

/// <summary>One entry of the conformance kit's expressions.json.</summary>
public sealed record ConformanceCase(string Id, IReadOnlyDictionary<string, object?> Entry)
{
    private static readonly string[] Stores = ["kv store", "namespace files", "internal storage", "log repository"];

    public static string Folder { get; } = FindFolder();

    public static bool IsThere => File.Exists(CasesPath);

    private static string CasesPath => Path.Combine(Folder, "expressions.json");

    public static IReadOnlyList<ConformanceCase> Load()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(CasesPath));
        return [.. document.RootElement.EnumerateArray().Select(element => (OrderedDictionary<string, object?>)JsonReader.Read(element)!)
            .Select(entry => new ConformanceCase((string)entry["id"]!, entry))];
    }

    public object? Expression => Entry["expr"];

    public bool IsTyped => Entry.GetValueOrDefault("typed") is true;

    public bool IsRecursive => Entry.GetValueOrDefault("recursive") is true;

    public bool IsError => Entry["error"] is true;

    public string? ErrorContains => Entry.GetValueOrDefault("errorContains") as string;

    public object? Expected => Entry["expect"];

    public string? Match => Entry.GetValueOrDefault("match") as string;

    public string Setup => Entry.GetValueOrDefault("setup") as string ?? "";

    public bool NeedsStore => Entry.GetValueOrDefault("needs") is IReadOnlyList<object?> needs && needs.Any(need => Stores.Contains(need));

    public Scope Scope(IOutside? outside)
    {
        var roots = (OrderedDictionary<string, object?>)Copy(Entry["vars"])!;
        foreach (var (path, type) in Entry.GetValueOrDefault("varTypes") as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
            Wrap(roots, path, (string)type!);
        return new Scope((IReadOnlyDictionary<string, object?>)TypedValue.Decode(roots)!, outside);
    }

    private static void Wrap(object at, string path, string type)
    {
        var keys = path.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Split('.');
        for (var i = 0; i < keys.Length; i++)
        {
            var value = at is List<object?> list ? list[int.Parse(keys[i], null)] : ((OrderedDictionary<string, object?>)at)[keys[i]];
            if (i < keys.Length - 1) { at = value!; continue; }
            var wrapped = new OrderedDictionary<string, object?> { ["$type"] = Kind(type), ["value"] = value };
            if (at is List<object?> owner) owner[int.Parse(keys[i], null)] = wrapped;
            else ((OrderedDictionary<string, object?>)at)[keys[i]] = wrapped;
        }
    }

    private static string Kind(string type) => type switch
    {
        "Float32" => "float32",
        "Long" => "int64",
        "Instant" => "instant",
        "java.util.Date" => "utilDate",
        "ZonedDateTime" => "zonedDateTime",
        "LocalDateTime" => "localDateTime",
        "Duration" => "duration",
        "URI" => "uri",
        "Set" => "set",
        _ => "array",
    };

    private static object? Copy(object? value) => value switch
    {
        IReadOnlyDictionary<string, object?> map => new OrderedDictionary<string, object?>(map.Select(entry => KeyValuePair.Create(entry.Key, Copy(entry.Value)))),
        IReadOnlyList<object?> list => list.Select(Copy).ToList(),
        _ => value,
    };

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlowApps.sln")))
                return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "conformance"));
        return "";
    }
}
