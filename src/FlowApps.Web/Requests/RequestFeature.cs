using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Apps.Blocks;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Requests;

/// <summary>What a request's page asks for: its newest state, its files, withdrawing.</summary>
public sealed class RequestFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<RequestDesk>();
        services.AddScoped<RequestRows>();
        services.AddSingleton<BlockTexts>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var request = pages.MapGroup("/r/{id}").RequirePermission(Permission.UseApps);
        request.MapGet("/now", async (string id, RequestDesk desk, CancellationToken cancellation) =>
            Html.Fragment<RequestBody>(new { Request = await desk.OpenAsync(id, cancellation) }));
        request.MapGet("/file", FileAsync);
        request.MapPost("/withdraw", WithdrawAsync);
    }

    /// <summary>A file of this request, always as a download: nothing that somebody sent is shown as a page of ours.</summary>
    private static async Task<IResult> FileAsync(string id, string path, RequestDesk desk, IFileStore files, HttpContext http, CancellationToken cancellation)
    {
        var request = await desk.OpenAsync(id, cancellation);
        var own = FilePaths.Execution(request.Execution.Namespace, request.Execution.FlowId, id) + "/";
        if (!path.StartsWith(own, StringComparison.Ordinal) || path.Contains("..", StringComparison.Ordinal) || await files.FindAsync(path, cancellation) is not { IsDirectory: false } file)
            throw RefusedException.NotFound("There is no such file in this request.");
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(await files.OpenAsync(path, cancellation), "application/octet-stream", file.Name);
    }

    private static async Task<IResult> WithdrawAsync(string id, IFormCollection form, HttpContext http, RequestDesk desk, IExecutions executions, Reader reader, CancellationToken cancellation)
    {
        var request = await desk.OpenAsync(id, cancellation);
        if (!desk.IsMine(request.Execution)) throw new RefusedException(RefusalKind.Forbidden, "not_yours", "Only the person who sent a request can withdraw it.");
        if (!request.IsOver) await executions.KillAsync(id, cascade: true, new Asker(reader.Name, form[FormTokens.IdempotencyField]), cancellation);
        return Html.See(http, Routes.To(Routes.Request, id));
    }
}
