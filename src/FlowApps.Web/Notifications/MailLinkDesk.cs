using FlowApps.Domain.Problems;
using FlowApps.Web.Approvals;
using FlowApps.Web.Apps.Public;
using FlowApps.Web.Layout;
using FlowApps.Web.Look;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;
using Microsoft.Extensions.Primitives;

namespace FlowApps.Web.Notifications;

/// <summary>
/// What a link in a letter does. Opening it only shows: scanners open every link. The button on its page decides, as the person whom the letter was written to, and nobody else.
/// </summary>
public sealed class MailLinkDesk(
    MailLinks links, MailSettings settings, UserDirectory users, Guests guests, CaseDesk cases, RequestFiles files, VisitorLimit limit, AntiforgeryTokens antiforgery, Reader reader, IHttpContextAccessor accessor, TimeProvider clock)
{
    private HttpContext Http => accessor.HttpContext!;

    public async Task<IResult> ShowAsync(string token, CancellationToken cancellation)
    {
        var (link, found, refusal) = await EnterAsync(token, cancellation);
        return refusal ?? Page(token, link!, found!);
    }

    /// <summary>A file among the answers, for a guest, who cannot sign in to fetch it. Errors: NotFound, also for files of anything else.</summary>
    public async Task<IResult> FileAsync(string token, string path, CancellationToken cancellation)
    {
        var (_, found, refusal) = await EnterAsync(token, cancellation);
        if (refusal is not null) return refusal;
        if (!FilesOf(token, found!).Any(file => file.Link == FileAddress(token, path))) throw RefusedException.NotFound("There is no such file in this request.");
        return await files.DownloadAsync(found!.Request, path, Http, cancellation);
    }

    public async Task<IResult> DecideAsync(string token, IFormCollection form, CancellationToken cancellation)
    {
        var (link, _, refusal) = await EnterAsync(token, cancellation);
        if (refusal is not null) return refusal;
        if (reader.IsGuest && !limit.MaySend(Http, proved: true)) return Closed("Too much was sent from where you are", "Wait ten minutes, then open the link once more. Nothing was decided yet.", StatusCodes.Status429TooManyRequests);
        // The outcome is the link's, whatever else was posted; what was seen is what the page showed.
        var answer = new Dictionary<string, StringValues>(form.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["outcome"] = link!.Outcome,
        };
        var refused = await cases.DecideAsync(link.ExecutionId, link.TaskRunId, new FormCollection(answer), TimeSpan.Zero, cancellation);
        if (refused is null) return Page(token, link, await cases.OpenAsync(link.ExecutionId, link.TaskRunId, cancellation), isDone: true);
        if (refused.Wait.Decision is not null && reader.IsGuest) return Over;
        return Page(token, link, refused, status: refused.Wait.Decision is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict);
    }

    /// <summary>From here on the request is the letter's reader's, if they may: somebody with an account, or a guest whom the question names by this address. Else: what to show instead.</summary>
    private async Task<(MailLink? Link, Case? Case, IResult? Refusal)> EnterAsync(string token, CancellationToken cancellation)
    {
        if (await links.ReadAsync(token, cancellation) is not { } link) return Refused(Closed("This link does not work", NotWhole));
        var guest = await guests.FindAsync(link.Person, cancellation);
        if (guest is not null && !limit.MayChange(Http)) return Refused(Closed("Too much was asked from where you are", "Wait a minute, then open the link once more.", StatusCodes.Status429TooManyRequests));
        if ((guest ?? await users.FindAsync(link.Person, cancellation)) is not { Disabled: false } person) return Refused(Closed("This link does not work", NotWhole));
        if (link.Until < clock.GetUtcNow()) return Refused(Closed("This link is too old", "It was written a while ago. What still waits for you is among your approvals."));
        var signedIn = Http.User.Identity is { IsAuthenticated: true, Name: { } name } ? name : null;
        if (signedIn is null && guest is null && !settings.DecideWithoutSignIn) return Refused(Html.See(Http, $"{Routes.SignIn}?returnUrl={Uri.EscapeDataString(Routes.To(Routes.MailLink, token))}"));
        if (signedIn is not null && signedIn != link.Person) return Refused(Closed($"This link was written for {person.DisplayName}", "You are signed in as somebody else. What waits for you is among your approvals."));
        // The form belongs to whoever sent the request, before the letter's reader takes over.
        _ = antiforgery.For(Http);
        if (signedIn is null) Http.User = PersonClaims.Of(person, guest is null ? nameof(MailLink) : PersonClaims.Guest);
        try
        {
            var found = await cases.OpenAsync(link.ExecutionId, link.TaskRunId, cancellation);
            if (guest is null) return (link, found, null);
            if (!Guests.Takes(found.Wait, guest.Name)) return Refused(NotAsked(guest: true));
            return found.Wait.Decision is null ? (link, found, null) : Refused(Over);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return Refused(NotAsked(guest is not null));
        }

        static (MailLink?, Case?, IResult?) Refused(IResult answer) => (null, null, answer);
    }

    private const string NotWhole = "It is not whole, or the account that it was written for is closed. What waits for you is among your approvals.";

    private static IResult NotAsked(bool guest) => Closed("This is not asked any more", "The request was removed, or others decide on it now.", isGuest: guest);

    /// <summary>A guest's right to see the case ends with the question.</summary>
    private static IResult Over => Closed("This has been decided", "Nothing is left for you to do; this link decides nothing any more.", isGuest: true);

    /// <summary>The files among the answers with where a guest fetches them.</summary>
    private static List<AnswerList.Answer> FilesOf(string token, Case found) =>
        [.. (found.Request with { Files = $"{Routes.To(Routes.MailLink, token)}/file" }).Answers.Select(answer => answer.Line).Where(line => line.Link is not null)];

    private static string FileAddress(string token, string path) => $"{Routes.To(Routes.MailLink, token)}/file?path={Uri.EscapeDataString(path)}";

    private IResult Page(string token, MailLink link, Case found, bool isDone = false, int status = StatusCodes.Status200OK) =>
        Html.Page<MailLinkPage>(new { Token = token, Link = link, Case = found, IsDone = isDone, IsGuest = reader.IsGuest, Files = reader.IsGuest ? FilesOf(token, found) : [], Antiforgery = antiforgery.For(Http) }, status);

    private static IResult Closed(string title, string text, int status = StatusCodes.Status410Gone, bool isGuest = false) => Html.Page<MailLinkPage>(new { Title = title, Text = text, IsGuest = isGuest }, status);
}
