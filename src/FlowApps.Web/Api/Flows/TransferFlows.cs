using System.IO.Compression;
using System.Text;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using FlowApps.Yaml.Text;

namespace FlowApps.Web.Api.Flows;

/// <summary>Exports flows as a ZIP of YAML files and imports such a ZIP, or one YAML file of several documents.</summary>
public sealed class TransferFlows : IApi
{
    private const int MostFlows = 5_000;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/flows/export/by-query", async (HttpRequest request, IFlows flows, IFlowStore store, CancellationToken cancellation) =>
            await ExportAsync(await FlowBulk.FoundAsync(SearchFilters.Of(request), store, cancellation), flows, cancellation)).RequirePermission(Permission.ReadFlows).WithName("exportFlowsByQuery");
        api.MapPost("/flows/export/by-ids", async (HttpRequest request, IFlows flows, CancellationToken cancellation) =>
            await ExportAsync(await FlowBulk.IdsAsync(request), flows, cancellation)).RequirePermission(Permission.ReadFlows).WithName("exportFlowsByIds");
        api.MapPost("/flows/import", ImportAsync).RequirePermission(Permission.WriteFlows).WithName("importFlows");
    }

    private static async Task<IResult> ExportAsync(IReadOnlyList<FlowId> keys, IFlows flows, CancellationToken cancellation)
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var key in keys)
            {
                var flow = await flows.RevisionAsync(key, null, cancellation);
                await using var entry = zip.CreateEntry($"{key.Namespace}.{key.Id}.yml").Open();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(flow.Source), cancellation);
            }
        }
        return Results.File(bytes.ToArray(), "application/octet-stream", "flows.zip");
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, ApiCall call, IFlows flows, CancellationToken cancellation)
    {
        var file = (await request.ReadFormAsync(cancellation)).Files["fileUpload"] ?? throw RefusedException.Invalid("file_missing", "The form needs a file part 'fileUpload'.");
        if (file.Length > RequestBody.LargestText * 10L) throw new RefusedException(RefusalKind.TooLarge, "body_too_large", "The file is too large.");
        await using var stream = file.OpenReadStream();
        var sources = file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? Unzip(stream) : [await new StreamReader(stream).ReadToEndAsync(cancellation)];
        foreach (var (flow, source) in FlowTexts.Read(sources.SelectMany(text => YamlText.Documents(text).Select(document => document.Text)), flows))
            await FlowTexts.SaveAsync(flow.Key, source, call.By, flows, cancellation);
        return Answer.Json(Array.Empty<string>());
    }

    private static List<string> Unzip(Stream stream)
    {
        try
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
            var entries = zip.Entries.Where(e => e.Name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || e.Name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)).ToList();
            if (entries.Count > MostFlows || entries.Any(e => e.Length > RequestBody.LargestText) || entries.Sum(e => e.Length) > RequestBody.LargestText * 20L)
                throw new RefusedException(RefusalKind.TooLarge, "body_too_large", "The archive holds too much.");
            return entries.Select(entry =>
            {
                using var text = new StreamReader(entry.Open());
                return text.ReadToEnd();
            }).ToList();
        }
        catch (InvalidDataException e)
        {
            throw RefusedException.Invalid("invalid_zip", $"The file is not a ZIP archive: {e.Message}");
        }
    }
}
