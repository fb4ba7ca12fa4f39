using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Apps.Blocks;
using FlowApps.Web.Layout;
using FlowApps.Web.Requests.Receipts;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests;

/// <summary>What a request's page asks for: its newest state, its files, withdrawing.</summary>
public sealed class RequestFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<RequestDesk>();
        services.AddScoped<RequestRows>();
        services.AddScoped<ReceiptDesk>();
        services.AddSingleton<RequestFiles>();
        services.AddSingleton<BlockTexts>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var request = pages.MapGroup("/r/{id}").RequirePermission(Permission.UseApps);
        request.MapGet("/now", async (string id, RequestDesk desk, CancellationToken cancellation) =>
            Html.Fragment<RequestBody>(new { Request = await desk.OpenAsync(id, cancellation) }));
        request.MapGet("/file", async (string id, string path, RequestDesk desk, RequestFiles files, HttpContext http, CancellationToken cancellation) =>
            await files.DownloadAsync(await desk.OpenAsync(id, cancellation), path, http, cancellation));
        request.MapGet("/receipt.pdf", async (string id, RequestDesk desk, Installation installation, ReaderZone zone, CancellationToken cancellation) =>
            ReceiptPdf.Of(await desk.OpenAsync(id, cancellation), installation, zone.Zone, decisions: true));
        pages.MapGet("/receipts/{token}/receipt.pdf", async (string token, ReceiptDesk desk, Installation installation, ReaderZone zone, CancellationToken cancellation) =>
            ReceiptPdf.Of(await desk.OpenAsync(token, cancellation), installation, zone.Zone, decisions: false)).AllowEverybody();
        request.MapPost("/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> WithdrawAsync(string id, IFormCollection form, HttpContext http, RequestDesk desk, IExecutions executions, Reader reader, CancellationToken cancellation)
    {
        var request = await desk.OpenAsync(id, cancellation);
        if (!desk.IsMine(request.Execution)) throw new RefusedException(RefusalKind.Forbidden, "not_yours", "Only the person who sent a request can withdraw it.");
        if (!request.IsOver) await executions.KillAsync(id, cascade: true, new Asker(reader.Name, form[FormTokens.IdempotencyField]), cancellation);
        return Html.See(http, Routes.To(Routes.Request, id));
    }
}
