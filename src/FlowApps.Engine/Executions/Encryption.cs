using FlowApps.Domain.Values;

namespace FlowApps.Engine.Executions;

/// <summary>EncryptedString values (kestra-semantics 12.5): <c>{type: io.kestra.datatype:aes_encrypted, value: …}</c>.</summary>
public static class Encryption
{
    public const string Type = "io.kestra.datatype:aes_encrypted";

    public static OrderedDictionary<string, object?> Wrap(string encrypted) => Data.Map(("type", Type), ("value", encrypted));

    public static bool IsEncrypted(object? value) => value is IReadOnlyDictionary<string, object?> map && map.TryGetValue("type", out var type) && Type.Equals(type);

    /// <summary>The value with everything encrypted in it opened; the same object when there is nothing.</summary>
    public static object? Open(object? value, Func<string, string> decrypt)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> map when IsEncrypted(map): return decrypt(map["value"] as string ?? "");
            case IReadOnlyDictionary<string, object?> map:
                OrderedDictionary<string, object?>? opened = null;
                foreach (var (key, item) in map)
                {
                    var clear = Open(item, decrypt);
                    if (ReferenceEquals(clear, item)) continue;
                    opened ??= Copy(map);
                    opened[key] = clear;
                }
                return opened ?? value;
            case IReadOnlyList<object?> list:
                var items = list.Select(item => Open(item, decrypt)).ToList();
                return items.Where((item, i) => !ReferenceEquals(item, list[i])).Any() ? items : value;
            default: return value;
        }
    }

    private static OrderedDictionary<string, object?> Copy(IReadOnlyDictionary<string, object?> map)
    {
        var copy = Data.Map();
        foreach (var (key, item) in map) copy[key] = item;
        return copy;
    }
}
