using FlowApps.Domain.Security;

namespace FlowApps.Web.Notifications;

/// <summary>By which ways a person wants to be told; kept among their preferences.</summary>
public sealed record NotificationChoices(bool InApp = true, MailPace Mail = MailPace.AtOnce)
{
    private const string InAppKey = "notify.app";
    private const string MailKey = "notify.mail";

    public static NotificationChoices Of(User user) => new(
        user.Preferences.GetValueOrDefault(InAppKey) != "no",
        Enum.TryParse<MailPace>(user.Preferences.GetValueOrDefault(MailKey), out var pace) ? pace : MailPace.AtOnce);

    public User On(User user) => user with
    {
        Preferences = new Dictionary<string, string>(user.Preferences) { [InAppKey] = InApp ? "yes" : "no", [MailKey] = Mail.ToString() },
    };
}
