using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Blueprints;

/// <summary>The gallery of flows to begin with, and keeping one's own there.</summary>
public sealed class BlueprintsFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<BlueprintShelf>();
        services.AddScoped<OwnBlueprints>();
        services.AddScoped<IPaletteSource, BlueprintPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages) => pages.MapPost("/flows/{ns}/{id}/blueprint", KeepAsync).RequirePermission(Permission.WriteNamespaces);

    private static async Task<IResult> KeepAsync(string ns, string id, IFormCollection form, HttpContext http, OwnBlueprints own, CancellationToken cancellation)
    {
        var (title, description, tags) = (Line(form["title"]), Line(form["description"]), Line(form["tags"]));
        try
        {
            var head = BlueprintHead.Cut(new BlueprintHead(title, description, tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToString()).Head;
            return Html.See(http, (await own.KeepAsync(new FlowId(ns, id), head, cancellation)).Address);
        }
        catch (FormatException)
        {
            return Refused("A blueprint has a title, a description and at least one tag.");
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Invalid)
        {
            return Refused(refused.Message);
        }

        IResult Refused(string why) =>
            Html.Page<KeepBlueprintPage>(new { Namespace = ns, Id = id, Error = why, Title = title, Description = description, Tags = tags }, StatusCodes.Status422UnprocessableEntity);
    }

    private static string Line(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
