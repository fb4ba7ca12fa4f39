using System.Runtime.CompilerServices;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Flows;

/// <summary>Exports flows as a ZIP of YAML files and imports such a ZIP, or one YAML file of several documents.</summary>
public sealed class TransferFlows : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/export/by-query", async (HttpRequest request, IFlows flows, IFlowStore store, CancellationToken cancellation) =>
            await ExportAsync(await FlowBulk.FoundAsync(SearchFilters.Of(request), store, cancellation), flows, cancellation)).RequirePermission(Permission.ReadFlows).WithName("exportFlowsByQuery");
        api.MapPost("/flows/export/by-ids", async (HttpRequest request, IFlows flows, CancellationToken cancellation) =>
            await ExportAsync(await FlowBulk.IdsAsync(request), flows, cancellation)).RequirePermission(Permission.ReadFlows).WithName("exportFlowsByIds");
        api.MapPost("/flows/import", ImportAsync).RequirePermission(Permission.WriteFlows).WithName("importFlows");
    }

    private static Task<IResult> ExportAsync(IReadOnlyList<FlowId> keys, IFlows flows, CancellationToken cancellation) =>
        TextArchive.ZipAsync("flows.zip", TextsAsync(keys, flows, cancellation), cancellation);

    private static async IAsyncEnumerable<(string, string)> TextsAsync(IReadOnlyList<FlowId> keys, IFlows flows, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var key in keys) yield return ($"{key}.yml", (await flows.RevisionAsync(key, null, cancellation)).Source);
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, ApiCall call, IFlows flows, CancellationToken cancellation)
    {
        foreach (var (flow, source) in FlowTexts.Read(await TextArchive.UploadedAsync(request, cancellation), flows))
            await FlowTexts.SaveAsync(flow.Key, source, call.By, flows, cancellation);
        return Answer.Json(Array.Empty<string>());
    }
}
