using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Namespaces;

/// <summary>Namespaces: those that hold flows or settings, and their parents.</summary>
public sealed class GetNamespaces : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/namespaces/search", SearchAsync).RequirePermission(Permission.ReadNamespaces).WithName("searchNamespaces");
        api.MapPost("/namespaces/autocomplete", AutocompleteAsync).RequirePermission(Permission.ReadNamespaces).WithName("autocompleteNamespaces");
        api.MapGet("/namespaces/{id}", Get).RequirePermission(Permission.ReadNamespaces).WithName("getNamespace");
    }

    private static async Task<IResult> SearchAsync(string? q, [AsParameters] Paging paging, IFlowStore flows, INamespaces namespaces, CancellationToken cancellation)
    {
        var page = paging.Request;
        var found = (await AllAsync(flows, namespaces, cancellation)).Where(ns => q is null || ns.Contains(q, StringComparison.OrdinalIgnoreCase)).ToList();
        if (page.Sort?.EndsWith(":desc", StringComparison.OrdinalIgnoreCase) == true) found.Reverse();
        return Answer.Page(found.Skip(page.Offset).Take(page.Limit), found.Count, static (writer, ns) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", ns);
            writer.WriteBoolean("disabled", false);
            writer.WriteEndObject();
        });
    }

    private static async Task<IResult> AutocompleteAsync(HttpRequest request, IFlowStore flows, INamespaces namespaces, CancellationToken cancellation)
    {
        var wanted = await request.ReadJsonAsync<Autocomplete>();
        return Answer.Json((await AllAsync(flows, namespaces, cancellation)).Where(ns => wanted.Q is null || ns.Contains(wanted.Q, StringComparison.OrdinalIgnoreCase)).Take(50));
    }

    private static IResult Get(string id, INamespaces namespaces) => Answer.Json(namespaces.Find(id));

    private static async Task<IReadOnlyList<string>> AllAsync(IFlowStore flows, INamespaces namespaces, CancellationToken cancellation)
    {
        return (await flows.NamespacesAsync(cancellation)).Concat(namespaces.All.Select(settings => settings.Id))
            .SelectMany(WithParents).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
    }

    private static IEnumerable<string> WithParents(string ns)
    {
        for (var at = ns.Length; at > 0; at = ns.LastIndexOf('.', at - 1)) yield return ns[..at];
    }

    public sealed record Autocomplete(string? Q);
}
