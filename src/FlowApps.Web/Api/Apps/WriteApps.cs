using FlowApps.Domain.Apps;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Security;
using FlowApps.Yaml.Flows;

namespace FlowApps.Web.Api.Apps;

/// <summary>Creates, updates, deletes, enables and disables apps, one or many.</summary>
public sealed class WriteApps : IApi
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/apps", CreateAsync).RequirePermission(Permission.WriteApps).WithName("createApp");
        api.MapPut("/apps/{uid}", UpdateAsync).RequirePermission(Permission.WriteApps).WithName("updateApp");
        api.MapDelete("/apps/{uid}", DeleteAsync).RequirePermission(Permission.WriteApps).WithName("deleteApp");
        api.MapPost("/apps/{uid}/enable", (string uid, ApiCall call, IApps apps, CancellationToken cancellation) => SwitchAsync(uid, false, call, apps, cancellation)).RequirePermission(Permission.WriteApps).WithName("enableApp");
        api.MapPost("/apps/{uid}/disable", (string uid, ApiCall call, IApps apps, CancellationToken cancellation) => SwitchAsync(uid, true, call, apps, cancellation)).RequirePermission(Permission.WriteApps).WithName("disableApp");
        Many(api, HttpMethods.Post, "/apps/enable", "bulkEnableApps", (uid, call, apps, stop) => SwitchAsync(uid, false, call, apps, stop));
        Many(api, HttpMethods.Post, "/apps/disable", "bulkDisableApps", (uid, call, apps, stop) => SwitchAsync(uid, true, call, apps, stop));
        Many(api, HttpMethods.Delete, "/apps", "bulkDeleteApps", (uid, _, apps, stop) => DeleteAsync(uid, apps, stop));
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, ApiCall call, IApps apps, CancellationToken cancellation)
    {
        var source = await request.ReadTextAsync();
        if (apps.Read(source).App is { } app && await apps.SourceAsync(app.Namespace, app.Id, null, cancellation) is not null)
            throw RefusedException.Conflict("app_exists", $"There is an app '{app.Id}' in the namespace '{app.Namespace}' already.");
        return ReadApps.Shown(await apps.SaveAsync(source, call.By, null, cancellation), apps);
    }

    private static async Task<IResult> UpdateAsync(string uid, HttpRequest request, ApiCall call, IApps apps, CancellationToken cancellation)
    {
        var name = AppName.Read(uid);
        await name.SourceAsync(apps, cancellation);
        var source = await request.ReadTextAsync();
        if (apps.Read(source).App is { } app && (app.Namespace, app.Id) != (name.Namespace, name.Id))
            throw RefusedException.Invalid("name_changed", "The id and the namespace of an app cannot change.");
        int? expected = int.TryParse(request.Headers.IfMatch.ToString().Trim('"'), out var revision) ? revision : null;
        return ReadApps.Shown(await apps.SaveAsync(source, call.By, expected, cancellation), apps);
    }

    private static async Task<IResult> DeleteAsync(string uid, IApps apps, CancellationToken cancellation)
    {
        var name = AppName.Read(uid);
        await name.SourceAsync(apps, cancellation);
        await apps.DeleteAsync(name.Namespace, name.Id, cancellation);
        return Results.NoContent();
    }

    private static async Task<IResult> SwitchAsync(string uid, bool disabled, ApiCall call, IApps apps, CancellationToken cancellation)
    {
        var stored = await AppName.Read(uid).SourceAsync(apps, cancellation);
        return ReadApps.Shown(await apps.SaveAsync(FlowSource.WithDisabled(stored.Source, disabled), call.By, stored.Revision, cancellation), apps);
    }

    private static void Many(IEndpointRouteBuilder api, string method, string path, string name, Func<string, ApiCall, IApps, CancellationToken, Task<IResult>> actAsync) =>
        api.MapMethods(path, [method], async (HttpRequest request, ApiCall call, IApps apps, CancellationToken cancellation) =>
        {
            var uids = ((await request.ReadJsonAsync<Uids>()).List ?? []).OfType<string>().ToList();
            foreach (var uid in uids) await actAsync(uid, call, apps, cancellation);
            return Answer.Count(uids.Count);
        }).RequirePermission(Permission.WriteApps).WithName(name);

    public sealed record Uids([property: System.Text.Json.Serialization.JsonPropertyName("uids")] List<string?>? List);
}
