using System.Globalization;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>Deciding, and what the inbox fetches again when there is news.</summary>
public sealed class ApprovalFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(ports => ApprovalOptions.Read(ports.GetRequiredService<IConfiguration>()));
        services.AddScoped<CaseDesk>();
        services.AddScoped<EvidenceDesk>();
        services.AddScoped<Voices>();
        services.AddScoped<Inbox>();
        services.AddScoped<SeveralDesk>();
        services.AddScoped<ConfirmationDesk>();
        services.AddScoped<Foresight>();
        services.AddScoped<SavedViews>();
        services.AddScoped<IMenuCount, ApprovalCount>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var approvals = pages.MapGroup(Routes.Approvals).RequirePermission(Permission.DecideApprovals);
        approvals.MapGet("/queue", (string? selected, string? tab, string? only, string? q, int? page, bool? several) =>
            Html.Fragment<InboxQueue>(new { Selected = selected, View = new InboxView(tab, only, q, Math.Max(page ?? 1, 1), several ?? false) }));
        approvals.MapPost("/several", async (IFormCollection form, SeveralDesk desk, CancellationToken cancellation) => Html.Page<SeveralPage>(new { Several = await desk.DecideAsync(form, cancellation) }));
        approvals.MapPost("/views", async (IFormCollection form, HttpContext http, SavedViews views, CancellationToken cancellation) =>
        {
            var view = new InboxView(null, form["only"].ToString() is { Length: > 0 } only ? only : null, form["q"].ToString());
            await views.KeepAsync(form["name"].ToString(), view, cancellation);
            return Html.See(http, view.Address);
        });
        approvals.MapPost("/views/forget", async (IFormCollection form, HttpContext http, SavedViews views, CancellationToken cancellation) =>
        {
            await views.ForgetAsync(form["name"].ToString(), cancellation);
            return Html.See(http, Routes.Approvals);
        });
        approvals.MapPost("/delegations", DelegateAsync);
        approvals.MapPost("/delegations/{id}/revoke", async (string id, HttpContext http, IDelegations delegations, Reader reader, CancellationToken cancellation) =>
        {
            await delegations.RevokeAsync(id, reader.Name, cancellation);
            return Html.See(http, Routes.Delegations);
        });
        var one = approvals.MapGroup("/{executionId}/{taskRunId}");
        one.MapPost("", DecideAsync);
        one.MapPost("/change", async (string executionId, string taskRunId, IFormCollection form, CaseDesk desk, CancellationToken cancellation) =>
            Html.Fragment<CaseFields>(new { Case = await desk.ChangeAsync(executionId, taskRunId, form, cancellation) }));
        one.MapPost("/undo", (string executionId, string taskRunId, IFormCollection form, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.UndoAsync(executionId, taskRunId, form["ballot"].ToString(), voices.Asker(), cancellation)));
        one.MapPost("/settle", async (string executionId, string taskRunId, IFormCollection form, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
        {
            await approvals.SettleAsync(executionId, taskRunId, form["ballot"].ToString(), voices.Asker(), cancellation);
            return Results.NoContent();
        });
        one.MapPost("/claim", (string executionId, string taskRunId, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ClaimAsync(executionId, taskRunId, voices.Asker(), cancellation)));
        one.MapPost("/release", (string executionId, string taskRunId, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ReleaseAsync(executionId, taskRunId, voices.Asker(), cancellation)));
        one.MapPost("/reassign", (string executionId, string taskRunId, IFormCollection form, HttpContext http, IApprovals approvals, Voices voices, CancellationToken cancellation) =>
            BackAsync(http, executionId, taskRunId, () => approvals.ReassignAsync(executionId, taskRunId, form["to"].ToString(), form["comment"], voices.Asker(), cancellation)));
    }

    private static async Task<IResult> DecideAsync(string executionId, string taskRunId, IFormCollection form, HttpContext http, CaseDesk desk, CancellationToken cancellation)
    {
        var refused = await desk.DecideAsync(executionId, taskRunId, form, null, cancellation);
        if (refused is null) return Html.See(http, $"{Routes.To(Routes.Approval, executionId, taskRunId)}?done=true");
        var status = refused.Wait.Decision is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return Html.Page<ApprovalPage>(new { ExecutionId = executionId, TaskRunId = taskRunId, Case = refused }, status);
    }

    /// <summary>Does it, then shows the case; when it could not be done, the case says why by how it is now.</summary>
    private static async Task<IResult> BackAsync(HttpContext http, string executionId, string taskRunId, Func<Task> action)
    {
        await action();
        return Html.See(http, Routes.To(Routes.Approval, executionId, taskRunId));
    }

    /// <summary>Days are the reader's own, the last one included.</summary>
    private static async Task<IResult> DelegateAsync(IFormCollection form, HttpContext http, IDelegations delegations, Reader reader, ReaderZone zone, CancellationToken cancellation)
    {
        try
        {
            var of = form["of"].ToString().Split('/', 2);
            await delegations.GiveAsync(reader.Name, new SentDelegation(form["to"].ToString(), Day(form["begins"], 0), Day(form["ends"], 1), of[0], of.ElementAtOrDefault(1), Limit(form["limit"]), form["reason"]), cancellation);
            return Html.See(http, Routes.Delegations);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
        {
            return Html.Page<DelegationsPage>(new { Refusal = refused.Problems[0].Message, Entries = form }, StatusCodes.Status422UnprocessableEntity);
        }

        static decimal? Limit(string? text) => string.IsNullOrWhiteSpace(text) ? null : decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var limit)
            ? limit : throw RefusedException.Invalid("wrong_limit", "The limit has to be a number, such as 500. Leave it empty for none.");

        DateTimeOffset Day(string? text, int after) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day)
            ? new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.AddDays(after).ToDateTime(TimeOnly.MinValue), zone.Zone), TimeSpan.Zero)
            : throw RefusedException.Invalid("wrong_date", "Say from which day until which day.");
    }
}
