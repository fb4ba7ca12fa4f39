using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Flows.Editing;
using FlowApps.Web.Inputs;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Blueprints;

/// <summary>The gallery of flows to begin with, and keeping one's own there.</summary>
public sealed class BlueprintsFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<BlueprintReader>();
        services.AddSingleton<BlueprintShelf>();
        services.AddScoped<OwnBlueprints>();
        services.AddScoped<IPaletteSource, BlueprintPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        pages.MapPost("/flows/{ns}/{id}/blueprint", KeepAsync).RequirePermission(Permission.WriteNamespaces);
        pages.MapPost("/blueprints/{ns}/{id}/fill", FillAsync).RequirePermission(Permission.WriteFlows);
    }

    /// <summary>The editor with the filled text, or the form again.</summary>
    private static async Task<IResult> FillAsync(
        string ns, string id, IFormCollection form, OwnBlueprints own, BlueprintReader reading, IFlows flows, Reader reader, ReaderZone zone, CancellationToken cancellation)
    {
        var blueprint = reader.May(Permission.ReadNamespaces) ? await own.FindAsync(ns, id, cancellation) : null;
        if (blueprint?.Template is not { } template) throw RefusedException.NotFound($"There is no blueprint {id} of {ns} that asks for something.");
        var entries = InputEntries.Read(form, template.Arguments);
        var filled = new FilledTemplate(entries, reading.Resolve(template, InputEntries.Given(entries, template.Arguments, zone.Zone)));
        if (filled.Arguments.Any(argument => argument.Enabled && argument.Errors.Count > 0)) return Again(filled);
        try
        {
            var text = reading.Fill(template, filled.Arguments);
            return Html.Page<NewFlowPage>(new { Source = new FlowSource(text, flows.Read(text)) });
        }
        catch (FormatException wrong)
        {
            return Again(filled with { Refused = wrong.Message });
        }

        IResult Again(FilledTemplate form) => Html.Page<BlueprintPage>(new { Namespace = ns, Id = id, Filled = form }, StatusCodes.Status422UnprocessableEntity);
    }

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
