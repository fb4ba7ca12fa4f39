using System.Globalization;
using FlowApps.Domain.Mail;

namespace FlowApps.Web.Notifications;

/// <summary>The settings below <c>FlowApps:Mail</c>. Without a host no letters are written.</summary>
/// <param name="Server">Where letters are handed in.</param>
/// <param name="From">Whom they come from.</param>
public sealed record MailSettings(MailServer? Server, string From)
{
    /// <summary>When daily letters go out, by this server's clock.</summary>
    public TimeOnly DigestAt { get; init; } = new(7, 0);

    /// <summary>How long a link in a letter can decide.</summary>
    public TimeSpan LinksLast { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Whether a link in a letter also decides for somebody who is not signed in: whoever has the letter then has the decision.</summary>
    public bool DecideWithoutSignIn { get; init; }

    /// <summary>Errors: <see cref="InvalidOperationException"/> naming the wrong setting.</summary>
    public static MailSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("FlowApps:Mail");
        var port = section.GetValue("Port", 25);
        var server = section["Host"] is { Length: > 0 } host
            ? new MailServer(host, port) { Trusted = true, Encrypted = section.GetValue("Encrypted", port == 587), Username = section["Username"], Password = section["Password"] }
            : null;
        var settings = new MailSettings(server, section["From"] ?? "FlowApps <flowapps@localhost>")
        {
            LinksLast = TimeSpan.FromDays(section.GetValue("LinkDays", 7)),
            DecideWithoutSignIn = section.GetValue("DecideWithoutSignIn", false),
        };
        if (section["DigestAt"] is not { Length: > 0 } at) return settings;
        return TimeOnly.TryParse(at, CultureInfo.InvariantCulture, out var time)
            ? settings with { DigestAt = time }
            : throw new InvalidOperationException($"FlowApps:Mail:DigestAt must be a time of day such as 07:00, not '{at}'.");
    }

    /// <summary>When a letter of this pace goes out, and the name of the bundle it goes with.</summary>
    public (DateTimeOffset Due, string? Bundle) When(MailPace pace, string person, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (pace == MailPace.AtOnce) return (now, null);
        var local = TimeZoneInfo.ConvertTime(now, zone);
        var due = pace == MailPace.Hourly
            ? new DateTimeOffset(local.Year, local.Month, local.Day, local.Hour, 0, 0, local.Offset).AddHours(1)
            : Next(local, zone);
        return (due, string.Create(CultureInfo.InvariantCulture, $"{person}/{due.ToUniversalTime():yyyy-MM-ddTHH:mm}"));
    }

    private DateTimeOffset Next(DateTimeOffset local, TimeZoneInfo zone)
    {
        var day = local.Date + DigestAt.ToTimeSpan();
        if (day <= local.DateTime) day = day.AddDays(1);
        return new DateTimeOffset(day, zone.GetUtcOffset(day));
    }
}
