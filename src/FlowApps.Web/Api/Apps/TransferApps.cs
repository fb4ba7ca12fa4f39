using System.Runtime.CompilerServices;
using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;

namespace FlowApps.Web.Api.Apps;

/// <summary>Exports apps as a ZIP of YAML files and imports such a ZIP, or one YAML file of several documents. All are read before any is saved.</summary>
public sealed class TransferApps : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/apps/export", ExportAsync).RequirePermission(Permission.ReadApps).WithName("bulkExportApps");
        api.MapPost("/apps/import", ImportAsync).RequirePermission(Permission.WriteApps).WithName("bulkImportApps");
    }

    private static async Task<IResult> ExportAsync(HttpRequest request, IApps apps, CancellationToken cancellation)
    {
        var uids = ((await request.ReadJsonAsync<WriteApps.Uids>()).List ?? []).OfType<string>().ToList();
        return await TextArchive.ZipAsync("apps.zip", TextsAsync(uids, apps, cancellation), cancellation);
    }

    private static async IAsyncEnumerable<(string, string)> TextsAsync(List<string> uids, IApps apps, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var name in uids.Select(AppName.Read)) yield return ($"{name.Namespace}.{name.Id}.yml", (await name.SourceAsync(apps, cancellation)).Source);
    }

    private static async Task<IResult> ImportAsync(HttpRequest request, ApiCall call, IApps apps, CancellationToken cancellation)
    {
        var sources = await TextArchive.UploadedAsync(request, cancellation);
        var problems = sources.SelectMany(source => apps.Read(source).Problems).ToList();
        if (problems.Count > 0) throw new RefusedException(RefusalKind.Invalid, problems);
        foreach (var source in sources) await apps.SaveAsync(source, call.By, null, cancellation);
        return Answer.Count(sources.Count);
    }
}
