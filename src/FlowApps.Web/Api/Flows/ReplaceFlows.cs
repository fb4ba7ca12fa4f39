using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using FlowApps.Web.Security;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api.Flows;

/// <summary>
/// Creates or updates many flows from one YAML text of several documents (or a JSON list); with <c>delete</c> the namespace's flows that are not in it are deleted.
/// All are read first: one that is wrong refuses them all.
/// </summary>
public sealed class ReplaceFlows : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/flows/{namespace}", OfNamespaceAsync).RequirePermission(Permission.WriteFlows).WithName("updateFlowsInNamespace");
        api.MapPost("/flows/bulk", BulkAsync).RequirePermission(Permission.WriteFlows).WithName("bulkUpdateFlows");
    }

    private static Task<IResult> OfNamespaceAsync(string @namespace, bool? delete, HttpRequest request, ApiCall call, IFlows flows, IFlowStore store, CancellationToken cancellation) =>
        SaveAsync(request, @namespace, children: false, delete ?? true, call, flows, store, cancellation);

    private static Task<IResult> BulkAsync(bool? delete, string? @namespace, bool? allowNamespaceChild, HttpRequest request, ApiCall call, IFlows flows, IFlowStore store, CancellationToken cancellation) =>
        SaveAsync(request, @namespace, allowNamespaceChild ?? false, delete == true && @namespace is not null, call, flows, store, cancellation);

    private static async Task<IResult> SaveAsync(
        HttpRequest request, string? ns, bool children, bool delete, ApiCall call, IFlows flows, IFlowStore store, CancellationToken cancellation)
    {
        var sources = Sources(await request.ReadTextAsync(), request.ContentType);
        var read = FlowTexts.Read(sources, flows);
        foreach (var (flow, _) in read)
            if (ns is not null && flow.Namespace != ns && !(children && flow.Namespace.StartsWith(ns + ".", StringComparison.Ordinal)))
                throw RefusedException.Invalid("namespace_mismatch", $"The flow '{flow.Id}' is in the namespace '{flow.Namespace}', not in '{ns}'.");
        var saved = new List<FlowRevision>();
        foreach (var (flow, source) in read) saved.Add(await FlowTexts.SaveAsync(flow.Key, source, call.By, flows, cancellation));
        if (delete)
        {
            var there = await store.SearchAsync(new FlowQuery(Namespace: ns, NamespacePrefix: children), new(1, 1000), cancellation);
            foreach (var gone in there.Results.Select(f => f.Key).Except(read.Select(r => r.Flow.Key))) await flows.DeleteAsync(gone, call.By, cancellation);
        }
        return Answer.List(saved, (writer, revision) => FlowJson.Write(writer, revision, source: true));
    }

    private static IEnumerable<string> Sources(string text, string? contentType) =>
        contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true && text.TrimStart().StartsWith('[')
            ? ((RequestBody.Parse(() => Data.Parse(text)) as IReadOnlyList<object?>) ?? []).Select(Data.Write)
            : YamlText.Documents(text).Select(document => document.Text);
}
