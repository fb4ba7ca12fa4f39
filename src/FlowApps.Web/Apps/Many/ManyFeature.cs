using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Apps.Many;

/// <summary>Looking at and sending a pasted table of requests.</summary>
public sealed class ManyFeature : IFeature
{
    public void AddServices(IServiceCollection services) => services.AddScoped<ManyRequests>();

    public void Map(IEndpointRouteBuilder pages) => pages.MapPost("/a/{ns}/{id}/many", async (string ns, string id, IFormCollection form, AppDoor door, ManyRequests many, CancellationToken cancellation) =>
    {
        var app = await door.OpenAsync(ns, id, cancellation);
        var text = form["table"].ToString();
        try
        {
            var (_, rows, unknown) = await many.CheckAsync(app, text, cancellation);
            int? sent = null;
            if (form["then"] == "send")
            {
                rows = await many.SendAsync(app, rows, form[FormTokens.IdempotencyField].ToString(), cancellation);
                sent = rows.Count(row => row.RequestId is not null);
            }
            return Html.Page<ManyPage>(new { Namespace = ns, Id = id, Text = text, Rows = rows, Unknown = unknown, Sent = sent });
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.TooLarge)
        {
            return Html.Page<ManyPage>(new { Namespace = ns, Id = id, Text = text, Unknown = (IReadOnlyList<string>)[refused.Message] }, StatusCodes.Status422UnprocessableEntity);
        }
    }).RequirePermission(Permission.UseApps);
}
