using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Hubs;
using FlowApps.Web.Layout;
using FlowApps.Web.Me;
using FlowApps.Web.Security;

namespace FlowApps.Web.Notifications;

/// <summary>The notification centre, what carries messages out, links that decide, and the administrator's view of it.</summary>
public sealed class NotificationFeature : IFeature
{
    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(provider => MailSettings.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Guests>().AddSingleton<Audience>().AddSingleton<ChatRooms>().AddSingleton<MailLinks>();
        services.AddScoped<Teller>().AddScoped<LetterWriter>().AddScoped<MailLinkDesk>();
        services.AddScoped<IMenuCount, NotificationCount>().AddSingleton<ITopicAccess, NotificationTopics>();
        services.AddSingleton<Postman>().AddHostedService(provider => provider.GetRequiredService<Postman>()).AddHostedService<NoticeDesk>();
    }

    public void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(Routes.Notifications).RequireSignIn();
        own.MapGet("/bell", () => Html.Fragment<NotificationBell>());
        own.MapGet("/list", (bool? all, int? page) => Html.Fragment<NotificationList>(new { Unread = all != true, Page = page ?? 1 }));
        own.MapGet("/{id}", OpenAsync);
        own.MapPost("/read", async (IFormCollection form, HttpContext http, INotificationStore store, Reader reader, TimeProvider clock, CancellationToken cancellation) =>
        {
            await store.ReadAsync(reader.Name, null, clock.GetUtcNow(), cancellation);
            return Html.See(http, Routes.Notifications);
        });
        pages.MapPost($"{Routes.Me}/notifications", ChooseAsync).RequireSignIn();
        MapMessages(pages.MapGroup(Routes.Messages).RequirePermission(Permission.Administer));
        pages.MapGet(Routes.MailLink, (string token, MailLinkDesk desk, CancellationToken cancellation) => desk.ShowAsync(token, cancellation)).AllowEverybody();
        pages.MapGet($"{Routes.MailLink}/file", (string token, string path, MailLinkDesk desk, CancellationToken cancellation) => desk.FileAsync(token, path, cancellation)).AllowEverybody();
        pages.MapPost(Routes.MailLink, (string token, IFormCollection form, MailLinkDesk desk, CancellationToken cancellation) => desk.DecideAsync(token, form, cancellation)).AllowEverybody();
    }

    private static void MapMessages(RouteGroupBuilder messages)
    {
        messages.MapPost("/rooms", async (IFormCollection form, HttpContext http, ChatRooms rooms, CancellationToken cancellation) =>
        {
            try
            {
                await rooms.AddAsync(form["namespace"].ToString(), Enum.TryParse<Channel>(form["shape"], out var shape) ? shape : Channel.Mail, form["address"].ToString(), cancellation);
                return Html.See(http, Routes.Messages);
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
            {
                return Html.Page<MessagesPage>(new { Error = refused.Message, Namespace = form["namespace"].ToString() }, StatusCodes.Status422UnprocessableEntity);
            }
        });
        messages.MapPost("/rooms/{id}/remove", async (string id, IFormCollection form, HttpContext http, ChatRooms rooms, CancellationToken cancellation) =>
        {
            await rooms.RemoveAsync(id, cancellation);
            return Html.See(http, Routes.Messages);
        });
        messages.MapPost("/{id}/retry", async (string id, IFormCollection form, HttpContext http, INotificationStore store, Postman postman, TimeProvider clock, CancellationToken cancellation) =>
        {
            await store.RetryAsync(id, clock.GetUtcNow(), cancellation);
            postman.Wake();
            return Html.See(http, Routes.Messages);
        });
        messages.MapPost("/{id}/drop", async (string id, IFormCollection form, HttpContext http, INotificationStore store, CancellationToken cancellation) =>
        {
            await store.SentAsync([id], cancellation);
            return Html.See(http, Routes.Messages);
        });
    }

    /// <summary>Leads to what a line is about, and counts it as read.</summary>
    private static async Task<IResult> OpenAsync(string id, HttpContext http, INotificationStore store, Reader reader, TimeProvider clock, CancellationToken cancellation)
    {
        var line = await store.FindAsync(reader.Name, id, cancellation) ?? throw RefusedException.NotFound("You were not told of this, or it is too long ago.");
        await store.ReadAsync(reader.Name, id, clock.GetUtcNow(), cancellation);
        return Html.See(http, line.Page());
    }

    private static async Task<IResult> ChooseAsync(IFormCollection form, Reader reader, UserDirectory users, CancellationToken cancellation)
    {
        var user = await users.FindAsync(reader.Name, cancellation) ?? throw RefusedException.NotFound("Your account is gone.");
        var choices = new NotificationChoices(form["app"] == "yes", Enum.TryParse<MailPace>(form["mail"], out var pace) ? pace : MailPace.AtOnce);
        await users.SaveAsync(choices.On(user), cancellation);
        return Html.Page<MePage>(new { Said = "You are told as you chose from now on" });
    }
}
