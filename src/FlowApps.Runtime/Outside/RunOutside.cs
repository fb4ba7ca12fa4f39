using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Http;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Runtime.Logs;

namespace FlowApps.Runtime.Outside;

/// <summary>The stores that expression functions may look at.</summary>
internal sealed record OutsideStores(ISecretStore Secrets, IKvStore Kv, INamespaceFileStore NamespaceFiles, IFileStore Files, ILogStore Logs, IHttp? Http, AppLinks AppLinks, SubflowCalls Subflows);

/// <summary>What the functions secret, kv, read, http … of one run see: its own namespace and its parents, its own files and its parent execution's. Secrets given out are masked.</summary>
internal sealed class RunOutside(OutsideStores stores, string ns, Execution? execution, SecretMask mask, bool mayCall = false) : IOutside
{
    private readonly ReachableFiles access = new(ns, execution, forTask: false);

    public string Secret(string key, string? ns1, string? subkey)
    {
        var value = stores.Secrets.Find(Reachable(ns1), key) ?? throw new ExpressionException($"Cannot find secret for key '{key}'.");
        mask.Add(value);
        if (subkey is null) return value;
        if (Parsed(value) is not IReadOnlyDictionary<string, object?> map || !map.TryGetValue(subkey, out var part))
            throw new ExpressionException($"Cannot find secret sub-key '{subkey}' in secret '{key}'.");
        var text = part as string ?? Data.Write(part);
        mask.Add(text);
        return text;
    }

    public object? Kv(string key, string? ns1, bool errorOnMissing) =>
        stores.Kv.Find(ns1 ?? ns, key, inherit: ns1 is null) is { } entry ? entry.Value
        : errorOnMissing ? throw new UndefinedException(key, $"The key '{key}' does not exist in the namespace '{ns1 ?? ns}'.") : null;

    public string Read(string pathOrUri, string? ns1, int? version)
    {
        using var reader = new StreamReader(Open(pathOrUri, ns1, version), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    public long FileSize(string uri) => stores.Files.Find(access.PathOf(uri))?.Size ?? throw new ExpressionException($"There is no file '{uri}'.");

    public bool FileExists(string uri) => stores.Files.Find(access.PathOf(uri)) is not null;

    public IReadOnlyList<object?> ErrorLogs()
    {
        if (execution is null) return [];
        var lines = stores.Logs.SearchAsync(new LogQuery { ExecutionId = execution.Id, MinLevel = LogLevel.Error }, new PageRequest(1, 1000), CancellationToken.None).GetAwaiter().GetResult();
        return [.. lines.Results.Select(line => Data.Map(("taskId", line.TaskId), ("message", line.Message), ("level", "ERROR"), ("timestamp", line.Timestamp)))];
    }

    public object? Http(IReadOnlyDictionary<string, object?> arguments) =>
        stores.Http is { } http ? HttpFunction.Call(http, arguments) : throw new ExpressionException("This server has no way out over HTTP.");

    public string AppLink(IReadOnlyDictionary<string, object?> arguments) =>
        stores.AppLinks.Of(ns, execution?.FlowId, execution?.Id, arguments);

    public object? Subflow(IReadOnlyDictionary<string, object?> arguments) => mayCall
        ? stores.Subflows.Call(arguments)
        : throw new ExpressionException("subflow() runs a flow for the choices of an input; inside a flow use a task of type Subflow.");

    private Stream Open(string pathOrUri, string? ns1, int? version)
    {
        try
        {
            return FilePaths.FromUri(pathOrUri) is not null || pathOrUri.StartsWith("nsfile://", StringComparison.Ordinal)
                ? stores.Files.Open(access.PathOf(pathOrUri))
                : stores.NamespaceFiles.Open(Reachable(ns1), pathOrUri, version);
        }
        catch (RefusedException e)
        {
            throw new ExpressionException(e.Message, e);
        }
    }

    /// <summary>The own namespace, or another one that the author named.</summary>
    private string Reachable(string? wanted) => string.IsNullOrEmpty(wanted) ? ns : wanted;

    private static object? Parsed(string text)
    {
        try
        {
            return Data.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
