using FlowApps.Domain.Executions;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api;

/// <summary>Who calls, and the key (draft-ietf-httpapi-idempotency-key-header) that makes a repeat of the call harmless. Keys of different callers never meet.</summary>
public sealed class ApiCall(IHttpContextAccessor http, Reader reader)
{
    public const string KeyHeader = "Idempotency-Key";

    /// <summary>The user name; null for calls without sign-in (webhooks).</summary>
    public string? By => reader.IsSignedIn ? reader.Name : null;

    public string? IdempotencyKey =>
        http.HttpContext?.Request.Headers[KeyHeader].ToString() is { Length: > 0 } key ? $"{By}:{key.Trim('"')}" : null;

    public Asker Asker => new(By, IdempotencyKey) { Groups = reader.Groups };

    /// <summary>One of many things done by one call: the key with the thing's own id.</summary>
    public Asker AskerFor(string id) => new(By, IdempotencyKey is { } key ? $"{key}:{id}" : null) { Groups = reader.Groups };
}
