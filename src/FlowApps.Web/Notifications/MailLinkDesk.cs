using FlowApps.Domain.Problems;
using FlowApps.Web.Approvals;
using FlowApps.Web.Layout;
using FlowApps.Web.Security;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Notifications;

/// <summary>
/// What a link in a letter does. Opening it only shows: scanners open every link. The button on its page decides, as the person whom the letter was written to, and nobody else.
/// </summary>
public sealed class MailLinkDesk(MailLinks links, MailSettings settings, UserDirectory users, CaseDesk cases, AntiforgeryTokens antiforgery, IHttpContextAccessor accessor, TimeProvider clock)
{
    private HttpContext Http => accessor.HttpContext!;

    public async Task<IResult> ShowAsync(string token, CancellationToken cancellation)
    {
        var (link, refusal) = await EnterAsync(token, cancellation);
        return refusal ?? Page(token, link!, await cases.OpenAsync(link!.ExecutionId, link.TaskRunId, cancellation));
    }

    public async Task<IResult> DecideAsync(string token, IFormCollection form, CancellationToken cancellation)
    {
        var (link, refusal) = await EnterAsync(token, cancellation);
        if (refusal is not null) return refusal;
        // The outcome is the link's, whatever else was posted; the version is what the page showed.
        var answer = new Dictionary<string, StringValues>(form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["outcome"] = link!.Outcome,
            ["version"] = form.TryGetValue("version", out var seen) ? seen : link.Version.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        var refused = await cases.DecideAsync(link.ExecutionId, link.TaskRunId, new FormCollection(answer), cancellation);
        if (refused is null) return Page(token, link, await cases.OpenAsync(link.ExecutionId, link.TaskRunId, cancellation), isDone: true);
        return Page(token, link, refused, status: refused.Wait.Decision is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict);
    }

    /// <summary>From here on the request is the letter's reader's, if they may. Else: what to show instead.</summary>
    private async Task<(MailLink? Link, IResult? Refusal)> EnterAsync(string token, CancellationToken cancellation)
    {
        var link = await links.ReadAsync(token, cancellation);
        if (link is null || await users.FindAsync(link.Person, cancellation) is not { Disabled: false } person) return (null, Closed("This link does not work", "It is not whole, or the account that it was written for is closed. What waits for you is among your approvals."));
        if (link.Until < clock.GetUtcNow()) return (null, Closed("This link is too old", "It was written a while ago. What still waits for you is among your approvals."));
        var signedIn = Http.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null;
        if (signedIn is null && !settings.DecideWithoutSignIn) return (null, Html.See(Http, $"{Routes.SignIn}?returnUrl={Uri.EscapeDataString(Routes.To(Routes.MailLink, token))}"));
        if (signedIn is not null && signedIn != link.Person) return (null, Closed($"This link was written for {person.DisplayName}", "You are signed in as somebody else. What waits for you is among your approvals."));
        // The form belongs to whoever sent the request, before the letter's reader takes over.
        _ = antiforgery.For(Http);
        if (signedIn is null) Http.User = PersonClaims.Of(person, nameof(MailLink));
        try
        {
            await cases.OpenAsync(link.ExecutionId, link.TaskRunId, cancellation);
            return (link, null);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return (null, Closed("This is not asked any more", "The request was removed, or others decide on it now."));
        }
    }

    private IResult Page(string token, MailLink link, Case found, bool isDone = false, int status = StatusCodes.Status200OK) =>
        Html.Page<MailLinkPage>(new { Token = token, Link = link, Case = found, IsDone = isDone, Antiforgery = antiforgery.For(Http) }, status);

    private static IResult Closed(string title, string text) => Html.Page<MailLinkPage>(new { Title = title, Text = text }, StatusCodes.Status410Gone);
}
