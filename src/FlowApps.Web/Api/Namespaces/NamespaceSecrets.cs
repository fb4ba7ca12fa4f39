using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Namespaces;

/// <summary>The secrets of a namespace: names can be listed, values only set and deleted.</summary>
public sealed class NamespaceSecrets : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/namespaces/{namespace}/secrets", ListAsync).RequirePermission(Permission.ReadSecretNames).WithName("listNamespaceSecrets");
        api.MapGet("/namespaces/{namespace}/inherited-secrets", InheritedAsync).RequirePermission(Permission.ReadSecretNames).WithName("getInheritedSecrets");
        api.MapPut("/namespaces/{namespace}/secrets", SetAsync).RequirePermission(Permission.WriteSecrets).WithName("putSecrets");
        api.MapDelete("/namespaces/{namespace}/secrets/{key}", DeleteAsync).RequirePermission(Permission.WriteSecrets).WithName("deleteSecret");
    }

    private static async Task<IResult> ListAsync(string @namespace, [AsParameters] Paging paging, ISecretStore secrets, CancellationToken cancellation)
    {
        var found = await secrets.ListAsync(@namespace, inherit: false, cancellation);
        return Answer.Page(found.Skip(paging.Request.Offset).Take(paging.Request.Limit), found.Count, static (writer, secret) =>
        {
            writer.WriteStartObject();
            writer.WriteString("key", secret.Key);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> InheritedAsync(string @namespace, ISecretStore secrets, CancellationToken cancellation) =>
        Answer.Json((await secrets.ListAsync(@namespace, inherit: true, cancellation)).GroupBy(s => s.Namespace).ToDictionary(g => g.Key, g => g.Select(s => s.Key).ToList()));

    private static async Task<IResult> SetAsync(string @namespace, HttpRequest request, ISecretStore secrets, CancellationToken cancellation)
    {
        var sent = await request.ReadJsonAsync<SentSecret>();
        if (sent is not { Key: { Length: > 0 } key, Value: { } value }) throw RefusedException.Invalid("secret_missing", "A secret has a key and a value.");
        await secrets.SetAsync(@namespace, key, value, sent.Description, cancellation);
        return Answer.Json(new[] { new { key } });
    }

    private static async Task<IResult> DeleteAsync(string @namespace, string key, ISecretStore secrets, CancellationToken cancellation) =>
        await secrets.DeleteAsync(@namespace, key, cancellation) ? Results.NoContent() : throw RefusedException.NotFound($"There is no secret '{key}' in the namespace '{@namespace}'.");

    public sealed record SentSecret(string? Key, string? Value, string? Description);
}
