using System.Text.RegularExpressions;
using FlowApps.Expressions.Ion;

namespace FlowApps.Expressions.Tests;

/// <summary>The stores as the setup text of a case describes them.</summary>
internal sealed partial class ConformanceOutside(ConformanceCase entry, Scope variables) : IOutside
{
    public string Secret(string key, string? ns, string? subkey) => throw new ExpressionException($"Cannot find secret for key '{key}'.");

    public object? Kv(string key, string? ns, bool errorOnMissing)
    {
        var match = KvSetup().Match(entry.Setup);
        if (match.Success && match.Groups[1].Value == key) return IonReader.ReadAll(match.Groups[2].Value).Single();
        return errorOnMissing ? throw new ExpressionException($"The key '{key}' does not exist in the namespace '{ns}'.") : null;
    }

    public string Read(string pathOrUri, string? ns, int? version)
    {
        if (pathOrUri.StartsWith("kestra://", StringComparison.Ordinal)) return StoredFile(pathOrUri);
        var match = FileSetup().Match(entry.Setup);
        return match.Success && match.Groups[1].Value.TrimStart('/') == pathOrUri ? match.Groups[2].Value : throw new FileNotFoundException($"No file '{pathOrUri}'");
    }

    public long FileSize(string uri) => StoredFile(uri).Length;

    public bool FileExists(string uri) => true;

    public IReadOnlyList<object?> ErrorLogs() => [.. LogSetup().Matches(entry.Setup).Select(object? (match) => new OrderedDictionary<string, object?> { ["message"] = match.Groups[1].Value })];

    public object? Http(IReadOnlyDictionary<string, object?> arguments) => throw new NotSupportedException();

    public string AppLink(IReadOnlyDictionary<string, object?> arguments) => throw new NotSupportedException();

    public object? Subflow(IReadOnlyDictionary<string, object?> arguments) => throw new NotSupportedException();

    private string StoredFile(string uri)
    {
        string? At(string root, string key) => variables.TryGet(root, out var value) && value is IReadOnlyDictionary<string, object?> map ? map.GetValueOrDefault(key) as string : null;
        bool Owns(string? ns, string? flow, string? execution) => uri.StartsWith($"kestra:///{ns?.Replace('.', '/')}/{flow}/executions/{execution}/", StringComparison.Ordinal);
        var isMine = Owns(At("flow", "namespace"), At("flow", "id"), At("execution", "id"))
            || (At("trigger", "namespace") is { } ns && Owns(ns, At("trigger", "flowId"), At("trigger", "executionId")));
        return isMine ? "Hello from a task output" : throw new ExpressionException($"Unable to read the file '{uri}' as it didn't belong to the current execution");
    }

    [GeneratedRegex(@"^KV (\S+) = (.+) in \S+$")]
    private static partial Regex KvSetup();

    [GeneratedRegex(@"^namespace file [^:]+:(\S+) = '(.*)'$", RegexOptions.Singleline)]
    private static partial Regex FileSetup();

    [GeneratedRegex("'([^']+ message)'")]
    private static partial Regex LogSetup();
}
