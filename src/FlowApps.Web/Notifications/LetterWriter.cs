using FlowApps.Domain.Mail;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Layout;
using FlowApps.Web.Requests;
using FlowApps.Web.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowApps.Web.Notifications;

/// <summary>Writes a letter as things stand when it goes out: a question that was answered meanwhile is left out, and so is a letter that then says nothing.</summary>
public sealed class LetterWriter(
    RequestDesk requests, UserDirectory users, Guests guests, MailLinks links, MailSettings settings, Installation installation, IConfiguration configuration, IServiceProvider services, ILoggerFactory loggers, TimeProvider clock)
{
    private const int MostAnswers = 12;

    /// <summary>Null: there is nothing left to say.</summary>
    public async Task<Email?> WriteAsync(IReadOnlyList<Delivery> message, CancellationToken cancellation)
    {
        var name = message[0].Notification.Person;
        var guest = await guests.FindAsync(name, cancellation);
        if ((guest ?? await users.FindAsync(name, cancellation)) is not { Disabled: false } person) return null;
        var words = NoticeWords.For(person);
        var items = new List<LetterItem>();
        foreach (var delivery in message)
            if (await ItemAsync(delivery.Notification, person, guest is not null, cancellation) is { } item) items.Add(item);
        if (items.Count == 0) return null;
        var letter = new Letter(words.Hello(person.DisplayName.Split(' ')[0]), items, words, installation.Company, guest is null ? Address(Routes.Me) : null);
        var first = items[0].Line;
        return new Email(settings.From, [message[0].Target], items.Count == 1 ? $"{words.Subjects[first.Kind]}: {first.Title}" : words.Digest(items.Count))
        {
            Text = LetterText.Of(letter),
            Html = await HtmlAsync(letter),
            MessageId = $"{message[0].Id}@{new Uri(Address("/")).Host}",
            Headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" },
        };
    }

    private async Task<LetterItem?> ItemAsync(Notification line, User person, bool isGuest, CancellationToken cancellation)
    {
        RequestView request;
        try
        {
            request = await requests.OpenUncheckedAsync(line.ExecutionId, cancellation);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.NotFound)
        {
            return null;
        }
        if (line.TaskRunId is not { } taskRun) return new LetterItem(line, Address(Routes.To(Routes.Request, line.ExecutionId)), [], null, []);
        if (request.Waits.FirstOrDefault(wait => wait.TaskRunId == taskRun) is not { Decision: null } wait) return null;
        var actions = new List<LetterAction>();
        // A guest has no other way in: their links last as long as the question does.
        var until = isGuest ? DateTimeOffset.MaxValue : clock.GetUtcNow() + settings.LinksLast;
        foreach (var choice in OutcomeChoice.Of(request.App, wait))
        {
            var link = new MailLink(person.Name, line.ExecutionId, taskRun, choice.Outcome, request.Version, until);
            actions.Add(new LetterAction(choice.Word, Address(Routes.To(Routes.MailLink, await links.SignAsync(link, cancellation))), choice.IsYes) { IsNo = choice.IsNo });
        }
        return new LetterItem(line, isGuest ? null : Address(Routes.To(Routes.Approval, line.ExecutionId, taskRun)), [.. request.Answers.Take(MostAnswers).Select(answer => answer.Line)], wait.Due, actions);
    }

    private async Task<string> HtmlAsync(Letter letter)
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<LetterHtml>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(LetterHtml.Letter)] = letter }));
            return "<!doctype html>\n" + root.ToHtmlString();
        });
    }

    private string Address(string path) => new Uri(new Uri(configuration["FlowApps:Url"]!), path).ToString();
}
