using FlowApps.Domain.Approvals;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;

namespace FlowApps.Web.Notifications;

/// <summary>Decides who hears of a notice, in which words and by which way.</summary>
public sealed class Teller(RequestDesk requests, Audience audience, UserDirectory users, ChatRooms rooms, MailSettings mail, TimeProvider clock)
{
    public async Task<Telling> OfAsync(Notice notice, CancellationToken cancellation)
    {
        RequestView request;
        try
        {
            request = await requests.OpenUncheckedAsync(notice.ExecutionId, cancellation);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return new Telling([], []);
        }
        return notice.Kind switch
        {
            NoticeKind.Asked or NoticeKind.Reminded or NoticeKind.Escalated => await AskAsync(notice, request, cancellation),
            NoticeKind.ChangesAsked => await ChangesAskedAsync(notice, request, cancellation),
            NoticeKind.Remarked => await RemarkedAsync(notice, request, cancellation),
            NoticeKind.Decided => await DecidedAsync(notice, request, cancellation),
            NoticeKind.Withdrawn => new Telling([], []) { Settles = (notice.ExecutionId, notice.Wait!.TaskRunId, "Withdrawn") },
            NoticeKind.Finished => await AnswerAsync(notice, request, words => words.Finished, null, cancellation),
            NoticeKind.Failed => await AnswerAsync(notice, request, words => words.Failed(request.Reference), null, cancellation),
            _ => throw new InvalidOperationException($"Nobody knows how to tell {notice.Kind}."),
        };
    }

    private async Task<Telling> AskAsync(Notice notice, RequestView request, CancellationToken cancellation)
    {
        // Somebody may have been faster than this letter.
        if (request.Waits.FirstOrDefault(wait => wait.TaskRunId == notice.Wait!.TaskRunId) is not { Decision: null } wait) return new Telling([], []);
        var what = wait.Title ?? request.Titles.GetValueOrDefault(wait.TaskId) ?? TaskWords.Of(wait.TaskId);
        var who = wait.Requester is { } requester ? request.Who(requester) : null;
        var lines = new List<(User, Notification)>();
        foreach (var person in await audience.OfAsync(notice.Kind == NoticeKind.Asked ? wait : notice.Wait!, cancellation))
        {
            var words = NoticeWords.For(person);
            var text = notice.Kind switch { NoticeKind.Asked => words.Asked(who, what), NoticeKind.Reminded => words.Reminded(what), _ => words.Escalated(what) };
            lines.Add((person, Line(notice, person, request, text) with { TaskRunId = wait.TaskRunId }));
        }
        // A question of a run that nobody filled a form for, and that names nobody, is shown to approvers but not sent after them.
        var letters = notice.FromApp || wait.Users.Count + wait.Groups.Count > 0;
        return await TellingAsync(notice, lines, letters, request.Headline, who is null ? $"A decision is asked for: {what}." : $"{who} asks for a decision: {what}.", cancellation);
    }

    private async Task<Telling> ChangesAskedAsync(Notice notice, RequestView request, CancellationToken cancellation)
    {
        var asked = notice.Wait!.Changes!;
        if (notice.Requester is null || await users.FindAsync(notice.Requester, cancellation) is not { Disabled: false } person) return new Telling([], []);
        var line = Line(notice, person, request, NoticeWords.For(person).ChangesAsked(request.Who(asked.By), asked.Asks.Count)) with { Quote = asked.Comment };
        return await TellingAsync(notice, [(person, line)], notice.FromApp, request.Headline, null, cancellation);
    }

    /// <summary>To the requester and to all who wrote before; what the requester writes also to all who may decide. Never to whom it is from.</summary>
    private async Task<Telling> RemarkedAsync(Notice notice, RequestView request, CancellationToken cancellation)
    {
        var (wait, remark) = (notice.Wait!, notice.Wait!.Remarks[^1]);
        var people = new Dictionary<string, User>(StringComparer.Ordinal);
        foreach (var name in wait.Remarks.Select(one => one.By).Append(wait.Requester).OfType<string>().Distinct())
            if (await users.FindAsync(name, cancellation) is { Disabled: false } person) people[person.Name] = person;
        if (remark.By == wait.Requester)
            foreach (var person in await audience.OfAsync(wait, cancellation)) people[person.Name] = person;
        people.Remove(remark.By);
        var lines = people.Values.Select(person => (person, Line(notice, person, request, NoticeWords.For(person).Remarked(request.Who(remark.By))) with
        {
            Quote = remark.Text,
            TaskRunId = person.Name == wait.Requester ? null : wait.TaskRunId,
        })).ToList();
        return await TellingAsync(notice, lines, notice.FromApp, request.Headline, null, cancellation);
    }

    private async Task<Telling> DecidedAsync(Notice notice, RequestView request, CancellationToken cancellation)
    {
        var decision = notice.Wait!.Decision!;
        var who = decision.By is null ? null : (await users.FindAsync(decision.By, cancellation))?.DisplayName ?? decision.By;
        bool? approved = DecisionWords.IsNo(decision) ? false : decision.Kind == OutcomeKind.Approve || decision.Outcome == DecisionWords.Approved ? true : null;
        var telling = await AnswerAsync(notice, request, words => words.Decided(who, approved, DecisionWords.Of(decision)), decision, cancellation);
        return telling with { Settles = (notice.ExecutionId, notice.Wait.TaskRunId, who is null ? "Nobody decided in time" : $"{DecisionWords.Of(decision)} by {who}") };
    }

    /// <summary>To the person who asked, unless they did it themselves.</summary>
    private async Task<Telling> AnswerAsync(Notice notice, RequestView request, Func<NoticeWords, string> text, WaitDecision? decision, CancellationToken cancellation)
    {
        if (notice.Requester is null || decision?.By == notice.Requester || await users.FindAsync(notice.Requester, cancellation) is not { Disabled: false } person) return new Telling([], []);
        var line = Line(notice, person, request, text(NoticeWords.For(person))) with { Quote = decision?.Comment };
        return await TellingAsync(notice, [(person, line)], notice.FromApp, request.Headline, null, cancellation);
    }

    private static Notification Line(Notice notice, User person, RequestView request, string text) =>
        new($"{notice.Id}.{person.Name}", person.Name, notice.Kind, notice.At, notice.ExecutionId, request.Headline, text);

    private async Task<Telling> TellingAsync(Notice notice, IReadOnlyList<(User Person, Notification Line)> lines, bool letters, string title, string? aloud, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var deliveries = new List<Delivery>();
        foreach (var (person, line) in lines)
        {
            var pace = NotificationChoices.Of(person).Mail;
            if (!letters || mail.Server is null || pace == MailPace.Never || string.IsNullOrWhiteSpace(person.Email)) continue;
            // Who is reminded has been asked at their own pace before.
            var (due, bundle) = mail.When(notice.Kind is NoticeKind.Reminded or NoticeKind.Escalated ? MailPace.AtOnce : pace, person.Name, now, clock.LocalTimeZone);
            deliveries.Add(new Delivery($"{line.Id}.mail", Channel.Mail, person.Email, line, due) { Bundle = bundle });
        }
        if (aloud is not null && letters)
            foreach (var (id, room) in await rooms.OfAsync(notice.Flow.Namespace, cancellation))
                deliveries.Add(new Delivery($"{notice.Id}.{id}", room.Shape, id, new Notification(notice.Id, "", notice.Kind, notice.At, notice.ExecutionId, title, aloud) { TaskRunId = notice.Wait?.TaskRunId }, now));
        return new Telling([.. lines.Where(pair => NotificationChoices.Of(pair.Person).InApp).Select(pair => pair.Line)], deliveries);
    }
}
