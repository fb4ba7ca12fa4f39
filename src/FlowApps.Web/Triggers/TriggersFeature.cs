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
        Map(pages, "backfill/end", (triggers, key, _, _, c) => triggers.EndBackfillAsync(key, c));
    }

    private static void Map(IEndpointRouteBuilder pages, string name, Act act) =>
        pages.MapPost($"/triggers/{{ns}}/{{flow}}/{{id}}/{name}", async (string ns, string flow, string id, IFormCollection form, HttpContext http, ITriggers triggers, ReaderZone zone, CancellationToken cancellation) =>
        {
            await act(triggers, new TriggerKey(ns, flow, id), form, zone.Zone, cancellation);
            var back = form["back"].ToString();
            return Html.See(http, back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && !back.StartsWith("/\\", StringComparison.Ordinal) ? back : Routes.Triggers);
        }).RequirePermission(Permission.WriteTriggers);

    /// <summary>What a browser's field gives, in the reader's zone.</summary>
    private static DateTimeOffset? Moment(string? text, TimeZoneInfo zone) =>
        DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone)) : null;
}
