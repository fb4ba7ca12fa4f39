using FlowApps.Domain.Notifications;
using FlowApps.Domain.Values;

namespace FlowApps.Web.Notifications;

/// <summary>A line as the chat tools take it: a headline, a sentence, a button that opens the page.</summary>
public static class ChatMessage
{
    /// <summary>The JSON to post.</summary>
    public static string Of(Channel shape, Notification line, Uri page) => Data.Write(shape == Channel.Slack ? Slack(line, page) : Teams(line, page));

    private static OrderedDictionary<string, object?> Slack(Notification line, Uri page) => Data.Map(
        ("text", $"{Escaped(line.Title)}: {Escaped(line.Text)}"),
        ("blocks", List(
            Data.Map(("type", "section"), ("text", Data.Map(("type", "mrkdwn"), ("text", $"*{Escaped(line.Title)}*\n{Escaped(line.Text)}")))),
            Data.Map(("type", "actions"), ("elements", List(
                Data.Map(("type", "button"), ("text", Data.Map(("type", "plain_text"), ("text", "Open it"))), ("url", page.ToString()))))))));

    private static OrderedDictionary<string, object?> Teams(Notification line, Uri page) => Data.Map(
        ("type", "message"),
        ("attachments", List(Data.Map(
            ("contentType", "application/vnd.microsoft.card.adaptive"),
            ("content", Data.Map(
                ("$schema", "http://adaptivecards.io/schemas/adaptive-card.json"),
                ("type", "AdaptiveCard"),
                ("version", "1.4"),
                ("body", List(
                    Data.Map(("type", "TextBlock"), ("weight", "Bolder"), ("size", "Medium"), ("wrap", true), ("text", Plain(line.Title))),
                    Data.Map(("type", "TextBlock"), ("wrap", true), ("text", Plain(line.Text))))),
                ("actions", List(Data.Map(("type", "Action.OpenUrl"), ("title", "Open it"), ("url", page.ToString()))))))))));

    /// <summary>Slack's own escapes: nobody's words become a link or call a whole channel.</summary>
    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Cards read Markdown; brackets would begin a link.</summary>
    private static string Plain(string text) => text.Replace("[", "\\[", StringComparison.Ordinal);

    private static List<object?> List(params ReadOnlySpan<object?> items) => [.. items];
}
