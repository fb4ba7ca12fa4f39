using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;

namespace FlowApps.Engine.Triggers;

/// <summary>Starts an execution for each request to its address (kestra-semantics 10.5). The key is the only secret.</summary>
[Plugin("core.trigger.Webhook", "io.kestra.core.models.triggers.types.Webhook", Icon = "webhook")]
public sealed record Webhook : TriggerDefinition, IValidated
{
    /// <summary>The last part of the address; may be an expression, such as a secret.</summary>
    public required string Key { get; init; }

    /// <summary>Answer when the execution has ended.</summary>
    public bool Wait { get; init; }

    /// <summary>With <c>wait</c>: answer with the outputs of the flow only.</summary>
    public bool ReturnOutputs { get; init; }

    /// <summary>The content type of that answer.</summary>
    public string? ResponseContentType { get; init; }

    /// <summary>
    /// Calls must be signed with one of these (Standard Webhooks: headers webhook-id, webhook-timestamp, webhook-signature; HMAC-SHA256). Expressions, such as secrets; several are valid
    /// while one replaces another. A repeated id starts nothing again.
    /// </summary>
    public IReadOnlyList<string> SigningSecrets { get; init; } = [];

    /// <summary>How far the time of a signed call may be from now.</summary>
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The largest body in bytes; the server takes no more than 4 MiB.</summary>
    public int? MaxBodySize { get; init; }

    /// <summary>How many calls are taken.</summary>
    public WebhookLimit? Limit { get; init; }

    /// <summary>Compares without telling by its duration how much of the key was right.</summary>
    public static bool KeyMatches(string renderedKey, string given) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(renderedKey)), SHA256.HashData(Encoding.UTF8.GetBytes(given)));

    /// <summary><c>trigger.*</c>: body (JSON when it is, else text, null when empty), headers and parameters as lists.</summary>
    public static OrderedDictionary<string, object?> VariablesFor(string? body, IReadOnlyDictionary<string, IReadOnlyList<string>> headers, IReadOnlyDictionary<string, IReadOnlyList<string>> parameters)
    {
        var variables = Data.Map();
        if (Body(body) is { } content) variables["body"] = content;
        variables["headers"] = Lists(headers);
        variables["parameters"] = Lists(parameters);
        return variables;
    }

    public IEnumerable<Problem> Validate()
    {
        if (Key.Length is 0 or > 256) yield return new Problem("invalid_key", "size must be between 1 and 256", "key");
        if (Tolerance <= TimeSpan.Zero) yield return new Problem("invalid_tolerance", "must be longer than no time", "tolerance");
        if (MaxBodySize <= 0) yield return new Problem("invalid_size", "must be at least 1", "maxBodySize");
        if (Limit is { } limit && (limit.Calls < 1 || limit.Window <= TimeSpan.Zero)) yield return new Problem("invalid_limit", "needs at least one call in a time longer than none", "limit");
        if (Conditions.Any(condition => condition is FlowApps.Engine.Conditions.MultipleCondition))
            yield return new Problem("not_allowed", "invalid webhook: conditions of type MultipleCondition are not supported", "conditions");
    }

    private static object? Body(string? body)
    {
        if (string.IsNullOrEmpty(body)) return null;
        try
        {
            return Data.Parse(body) is var data && data is IReadOnlyDictionary<string, object?> or IReadOnlyList<object?> ? data : body;
        }
        catch (System.Text.Json.JsonException)
        {
            return body;
        }
    }

    private static OrderedDictionary<string, object?> Lists(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
    {
        var map = Data.Map();
        foreach (var (key, items) in values) map[key] = items.Cast<object?>().ToList();
        return map;
    }
}
