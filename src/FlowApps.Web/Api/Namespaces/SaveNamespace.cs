using System.Text.Json;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Namespaces;

/// <summary>Settings of a namespace: variables and plugin defaults, as JSON or as YAML in a text.</summary>
public sealed class SaveNamespace : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/namespaces", CreateAsync).RequirePermission(Permission.WriteNamespaces).WithName("createNamespace");
        api.MapPut("/namespaces/{id}", UpdateAsync).RequirePermission(Permission.WriteNamespaces).WithName("updateNamespace");
        api.MapDelete("/namespaces/{id}", DeleteAsync).RequirePermission(Permission.WriteNamespaces).WithName("deleteNamespace");
        api.MapGet("/namespaces/{id}/inherited-variables", (string id, INamespaces namespaces) => Answer.Json(namespaces.VariablesFor(id))).RequirePermission(Permission.ReadNamespaces).WithName("inheritedVariables");
        api.MapGet("/namespaces/{id}/inherited-plugindefaults", (string id, INamespaces namespaces) => Answer.Json(namespaces.DefaultsFor(id).Select(given => given.Default)))
            .RequirePermission(Permission.ReadNamespaces).WithName("inheritedPluginDefaults");
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, INamespaces namespaces, CancellationToken cancellation)
    {
        var sent = await request.ReadJsonAsync<Sent>();
        if (string.IsNullOrEmpty(sent.Id)) throw RefusedException.Invalid("id_missing", "A namespace has an id.");
        return await SaveAsync(sent.Id, sent, namespaces, cancellation);
    }

    private static async Task<IResult> UpdateAsync(string id, HttpRequest request, INamespaces namespaces, CancellationToken cancellation) =>
        await SaveAsync(id, await request.ReadJsonAsync<Sent>(), namespaces, cancellation);

    private static async Task<IResult> SaveAsync(string id, Sent sent, INamespaces namespaces, CancellationToken cancellation) =>
        Answer.Json(await namespaces.SaveAsync(id, sent.Description, Text(sent.Variables), Text(sent.PluginDefaults), cancellation));

    private static async Task<IResult> DeleteAsync(string id, INamespaces namespaces, CancellationToken cancellation) =>
        await namespaces.DeleteAsync(id, cancellation) ? Results.NoContent() : throw RefusedException.NotFound($"The namespace '{id}' has no settings.");

    /// <summary>JSON is YAML, too.</summary>
    private static string Text(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => "",
        JsonValueKind.String => given.GetString()!,
        _ => given.GetRawText(),
    };

    public sealed record Sent(string? Id, string? Description, JsonElement Variables, JsonElement PluginDefaults);
}
