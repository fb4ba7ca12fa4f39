using System.Globalization;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Domain.Triggers;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Triggers;

/// <summary>The switches of triggers.</summary>
public sealed class TriggersFeature : IFeature
{
    private delegate Task<TriggerState> Act(ITriggers triggers, TriggerKey key, IFormCollection form, TimeZoneInfo zone, CancellationToken cancellation);

    public void AddServices(IServiceCollection services) => services.AddScoped<TriggerRows>();

    public void Map(IEndpointRouteBuilder pages)
    {
        Map(pages, "switch", (triggers, key, form, _, c) => triggers.SetDisabledAsync(key, form["disabled"] == "true", c));
        Map(pages, "unlock", (triggers, key, _, _, c) => triggers.UnlockAsync(key, c));
        Map(pages, "restart", (triggers, key, _, _, c) => triggers.RestartAsync(key, c));
        Map(pages, "backfill", (triggers, key, form, zone, c) => triggers.StartBackfillAsync(key,
            new Backfill(Moment(form["start"], zone) ?? throw RefusedException.Invalid("backfill_start", "Say from when."), Moment(form["end"], zone)), c));
        Map(pages, "backfill/pause", (triggers, key, form, _, c) => triggers.PauseBackfillAsync(key, form["paused"] == "true", c));
        pages.MapPost("/triggers/bulk", ManyAsync).RequirePermission(Permission.WriteTriggers);
        Map(pages, "backfill/end", (triggers, key, _, _, c) => triggers.EndBackfillAsync(key, c));
    }

    private static void Map(IEndpointRouteBuilder pages, string name, Act act) =>
        pages.MapPost($"/triggers/{{ns}}/{{flow}}/{{id}}/{name}", async (string ns, string flow, string id, IFormCollection form, HttpContext http, ITriggers triggers, ReaderZone zone, CancellationToken cancellation) =>
        {
            await act(triggers, new TriggerKey(ns, flow, id), form, zone.Zone, cancellation);
            return Back(http, form);
        }).RequirePermission(Permission.WriteTriggers);

    /// <summary>One action on all that are selected; those it does not fit (no backfill, gone meanwhile) stay as they are.</summary>
    private static async Task<IResult> ManyAsync(IFormCollection form, HttpContext http, ITriggers triggers, CancellationToken cancellation)
    {
        Func<TriggerKey, Task<TriggerState>> actAsync = form["action"].ToString() switch
        {
            "on" => key => triggers.SetDisabledAsync(key, false, cancellation),
            "off" => key => triggers.SetDisabledAsync(key, true, cancellation),
            "unlock" => key => triggers.UnlockAsync(key, cancellation),
            "pause" => key => triggers.PauseBackfillAsync(key, true, cancellation),
            "continue" => key => triggers.PauseBackfillAsync(key, false, cancellation),
            "end" => key => triggers.EndBackfillAsync(key, cancellation),
            var other => throw RefusedException.Invalid("unknown_action", $"There is no action '{other}'."),
        };
        foreach (var parts in form["id"].OfType<string>().Distinct().Take(TriggerRows.Size).Select(id => id.Split('/')).Where(parts => parts.Length == 3))
        {
            try
            {
                await actAsync(new TriggerKey(parts[0], parts[1], parts[2]));
            }
            catch (RefusedException e) when (e.Kind is RefusalKind.NotFound or RefusalKind.Invalid)
            {
                continue;
            }
        }
        return Back(http, form);
    }

    private static IResult Back(HttpContext http, IFormCollection form)
    {
        var back = form["back"].ToString();
        return Html.See(http, back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : Routes.Triggers);
    }

    /// <summary>What a browser's field gives, in the reader's zone.</summary>
    private static DateTimeOffset? Moment(string? text, TimeZoneInfo zone) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone)) : null;
}
