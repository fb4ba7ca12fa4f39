using FlowApps.Domain.Notifications;
using FlowApps.Domain.Security;

namespace FlowApps.Web.Notifications;

/// <summary>What people are told, in one language. A language is one more instance of this record.</summary>
public sealed record NoticeWords
{
    private static readonly IReadOnlyDictionary<string, NoticeWords> Languages = new Dictionary<string, NoticeWords>(StringComparer.OrdinalIgnoreCase) { ["en"] = English, ["de"] = German };

    /// <summary>A person or, when it came by itself, nobody; then what is to be decided.</summary>
    public required Func<string?, string, string> Asked { get; init; }
    public required Func<string, string> Reminded { get; init; }
    public required Func<string, string> Escalated { get; init; }

    /// <summary>Who asks for changes, and of how many answers (0: of none in particular).</summary>
    public required Func<string, int, string> ChangesAsked { get; init; }

    /// <summary>Who asked back or answered; the words themselves follow as a quote.</summary>
    public required Func<string, string> Remarked { get; init; }

    /// <summary>Who decided (null: nobody in time), and the outcome's word (null: approved or declined, as the flag says).</summary>
    public required Func<string?, bool?, string?, string> Decided { get; init; }
    public required string Withdrawn { get; init; }
    public required string Finished { get; init; }

    /// <summary>With the number to quote.</summary>
    public required Func<string, string> Failed { get; init; }

    /// <summary>The first words of a letter's subject.</summary>
    public required IReadOnlyDictionary<NoticeKind, string> Subjects { get; init; }

    /// <summary>The subject of a letter with several lines.</summary>
    public required Func<int, string> Digest { get; init; }
    public required Func<string, string> Hello { get; init; }
    public required string Open { get; init; }
    public required string Due { get; init; }
    public required string LookFirst { get; init; }

    /// <summary>Why this letter came, and where to change it.</summary>
    public required string Why { get; init; }

    /// <summary>The same for somebody without an account.</summary>
    public required string GuestWhy { get; init; }

    public static NoticeWords For(User user) => Languages.GetValueOrDefault(user.Preferences.GetValueOrDefault("language") ?? "en") ?? English;

    private static NoticeWords English => new()
    {
        Asked = (who, what) => who is null ? $"You are asked to decide: {what}." : $"{who} asks you to decide: {what}.",
        Reminded = what => $"It still waits for your decision: {what}.",
        Escalated = what => $"Nobody has decided yet, so you are asked: {what}.",
        ChangesAsked = (who, count) => $"{who} asks you to change {count switch { 0 => "your answers", 1 => "one answer", _ => $"{count} answers" }}. Nobody decides before you send it back.",
        Remarked = who => $"{who} wrote to you about it.",
        Decided = (who, approved, word) => who is null ? "Nobody decided in time." : approved switch { true => $"{who} approved it.", false => $"{who} declined it.", null => $"{who} answered: {word}." },
        Withdrawn = "It was withdrawn. There is nothing left to decide.",
        Finished = "It is done.",
        Failed = number => $"Something broke on our side. Your answers are kept. Quote {number} when you ask about it.",
        Subjects = new Dictionary<NoticeKind, string>
        {
            [NoticeKind.Asked] = "To decide",
            [NoticeKind.Reminded] = "Still to decide",
            [NoticeKind.Escalated] = "To decide now",
            [NoticeKind.ChangesAsked] = "To change",
            [NoticeKind.Remarked] = "A word about it",
            [NoticeKind.Decided] = "Decided",
            [NoticeKind.Withdrawn] = "Withdrawn",
            [NoticeKind.Finished] = "Done",
            [NoticeKind.Failed] = "It broke",
        },
        Digest = count => $"{count} things for you",
        Hello = name => $"Hello {name},",
        Open = "Open it",
        Due = "Due",
        LookFirst = "A button opens a page that shows what it is about. Nothing is decided before you press the button there.",
        Why = "You get this because you are part of it. Change how you are told on your account's page:",
        GuestWhy = "You get this because you were named to decide it. You need no account; the links are yours alone, so do not pass them on.",
    };

    private static NoticeWords German => new()
    {
        Asked = (who, what) => who is null ? $"Eine Entscheidung wartet auf Sie: {what}." : $"{who} bittet Sie um eine Entscheidung: {what}.",
        Reminded = what => $"Ihre Entscheidung steht noch aus: {what}.",
        Escalated = what => $"Bisher hat niemand entschieden, deshalb werden Sie gefragt: {what}.",
        ChangesAsked = (who, count) => $"{who} bittet Sie, {count switch { 0 => "Ihre Angaben", 1 => "eine Angabe", _ => $"{count} Angaben" }} zu ändern. Entschieden wird erst, wenn Sie es zurückgeschickt haben.",
        Remarked = who => $"{who} hat Ihnen dazu geschrieben.",
        Decided = (who, approved, word) => who is null ? "Niemand hat rechtzeitig entschieden." : approved switch { true => $"{who} hat zugestimmt.", false => $"{who} hat abgelehnt.", null => $"{who} hat geantwortet: {word}." },
        Withdrawn = "Es wurde zurückgezogen. Es gibt nichts mehr zu entscheiden.",
        Finished = "Es ist erledigt.",
        Failed = number => $"Bei uns ging etwas schief. Ihre Angaben sind gesichert. Nennen Sie {number}, wenn Sie nachfragen.",
        Subjects = new Dictionary<NoticeKind, string>
        {
            [NoticeKind.Asked] = "Zu entscheiden",
            [NoticeKind.Reminded] = "Noch zu entscheiden",
            [NoticeKind.Escalated] = "Jetzt zu entscheiden",
            [NoticeKind.ChangesAsked] = "Zu ändern",
            [NoticeKind.Remarked] = "Ein Wort dazu",
            [NoticeKind.Decided] = "Entschieden",
            [NoticeKind.Withdrawn] = "Zurückgezogen",
            [NoticeKind.Finished] = "Erledigt",
            [NoticeKind.Failed] = "Fehlgeschlagen",
        },
        Digest = count => $"{count} Neuigkeiten für Sie",
        Hello = name => $"Guten Tag {name},",
        Open = "Ansehen",
        Due = "Fällig",
        LookFirst = "Eine Schaltfläche öffnet eine Seite, die zeigt, worum es geht. Entschieden ist erst, wenn Sie dort bestätigen.",
        GuestWhy = "Sie erhalten dies, weil Sie um diese Entscheidung gebeten werden. Sie brauchen kein Konto; die Links gelten nur für Sie, geben Sie sie nicht weiter.",
        Why = "Sie erhalten dies, weil Sie beteiligt sind. Wie Sie benachrichtigt werden, ändern Sie in Ihrem Konto:",
    };
}
