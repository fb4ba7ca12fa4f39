using FlowApps.Domain.Flows;
using FlowApps.Domain.Security;
using FlowApps.Web.Flows.List;
using FlowApps.Web.Layout;
using FlowApps.Web.Palette;
using FlowApps.Web.Security;

namespace FlowApps.Web.Flows;

/// <summary>What the pages of flows ask for, and the switches on them.</summary>
public sealed class FlowsFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddScoped<FlowRows>();
        services.AddScoped<IPaletteSource, FlowPaletteSource>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var flow = pages.MapGroup("/flows/{ns}/{id}").RequirePermission(Permission.WriteFlows);
        flow.MapPost("/switch", async (string ns, string id, IFormCollection form, HttpContext http, IFlows flows, Reader reader, CancellationToken cancellation) =>
        {
            await flows.SetDisabledAsync(new FlowId(ns, id), form["disabled"] == "true", reader.Name, cancellation);
            return Html.See(http, Routes.To(Routes.Flow, ns, id));
        });
        flow.MapPost("/delete", async (string ns, string id, IFormCollection form, HttpContext http, IFlows flows, Reader reader, CancellationToken cancellation) =>
        {
            await flows.DeleteAsync(new FlowId(ns, id), reader.Name, cancellation);
            return Html.See(http, Routes.Flows);
        });
    }
}
