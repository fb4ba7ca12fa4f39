using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Mvc;

namespace FlowApps.Web.Inputs.Uploads;

/// <summary>Begin, go on with, and remove an upload. A broken one is resumed from the byte that the answer names.</summary>
public sealed class UploadFeature : IFeature
{
    public const string Address = "/uploads";
    private const long PartLimit = 8 * 1024 * 1024;

    public void AddServices(IServiceCollection services) => services.AddSingleton<UploadDesk>();

    public void Map(IEndpointRouteBuilder pages)
    {
        var uploads = pages.MapGroup(Address).RequirePermission(Permission.UseApps);
        uploads.MapPost("/", BeginAsync);
        uploads.MapGet("/{id}", StandAsync);
        uploads.MapPost("/{id}", AppendAsync).WithMetadata(new RequestSizeLimitAttribute(PartLimit));
        uploads.MapDelete("/{id}", RemoveAsync);
    }

    private static async Task<IResult> BeginAsync([FromForm] string name, [FromForm] long size, [FromForm] long modified, UploadDesk desk, Reader reader, CancellationToken cancellation) =>
        Results.Json(Answer(await desk.BeginAsync(reader.Name, name, size, modified, cancellation)));

    private static async Task<IResult> StandAsync(string id, UploadDesk desk, Reader reader, CancellationToken cancellation) => Results.Json(Answer(await desk.StandAsync(id, reader.Name, cancellation)));

    private static async Task<IResult> AppendAsync(string id, long offset, HttpRequest request, UploadDesk desk, Reader reader, CancellationToken cancellation) =>
        Results.Json(Answer(await desk.AppendAsync(id, reader.Name, offset, request.Body, cancellation)));

    private static async Task<IResult> RemoveAsync(string id, UploadDesk desk, Reader reader, CancellationToken cancellation)
    {
        await desk.RemoveAsync(id, reader.Name, cancellation);
        return Results.NoContent();
    }

    private static object Answer(Upload upload) => new { id = upload.Id, received = upload.Received, size = upload.Size };
}
