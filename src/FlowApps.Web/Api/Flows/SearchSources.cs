using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Finds a text in the sources of flows: <c>{model, fragments}</c>, fragments marked with [mark] and [/mark] as Kestra's are.</summary>
public sealed class SearchSources : IApi
{
    private const int Around = 60;
    private const int MostFragments = 5;

    public void Map(IEndpointRouteBuilder api) => api.MapGet("/flows/source", HandleAsync).RequirePermission(Permission.ReadFlows).WithName("searchFlowsBySourceCode");

    private static async Task<IResult> HandleAsync(string? q, string? @namespace, [AsParameters] Paging paging, IFlowStore store, CancellationToken cancellation)
    {
        var page = paging.Request;
        var found = new List<(FlowRevision Flow, List<string> Fragments)>();
        await foreach (var flow in store.AllAsync(cancellation))
        {
            if (@namespace is not null && flow.Key.Namespace != @namespace && !flow.Key.Namespace.StartsWith(@namespace + ".", StringComparison.Ordinal)) continue;
            var fragments = string.IsNullOrEmpty(q) ? [] : Fragments(flow.Source, q);
            if (fragments.Count > 0 || string.IsNullOrEmpty(q)) found.Add((flow, fragments));
        }
        return Answer.Page(found.OrderBy(f => f.Flow.Key.ToString(), StringComparer.Ordinal).Skip(page.Offset).Take(page.Limit), found.Count, (writer, match) =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("model");
            FlowJson.Write(writer, match.Flow);
            writer.WritePropertyName("fragments");
            writer.WriteArray(match.Fragments, static (to, fragment) => to.WriteStringValue(fragment));
            writer.WriteEndObject();
        });
    }

    private static List<string> Fragments(string source, string text)
    {
        var fragments = new List<string>();
        for (var at = 0; fragments.Count < MostFragments && (at = source.IndexOf(text, at, StringComparison.OrdinalIgnoreCase)) >= 0; at += text.Length)
        {
            var start = Math.Max(0, at - Around);
            var end = Math.Min(source.Length, at + text.Length + Around);
            fragments.Add($"{source[start..at]}[mark]{source.Substring(at, text.Length)}[/mark]{source[(at + text.Length)..end]}");
        }
        return fragments;
    }
}
