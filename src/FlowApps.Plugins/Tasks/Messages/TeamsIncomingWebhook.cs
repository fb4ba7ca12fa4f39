namespace FlowApps.Plugins.Tasks.Messages;

/// <summary>Writes into a channel of Microsoft Teams through its workflow webhook.</summary>
[Plugin("microsoft365.teams.TeamsIncomingWebhook", "io.kestra.plugin.teams.TeamsIncomingWebhook", "io.kestra.plugin.notifications.teams.TeamsIncomingWebhook", Icon = "brand-teams")]
public sealed record TeamsIncomingWebhook : IncomingWebhookTask
{
    private protected override OrderedDictionary<string, object?> Plain(object? text) => Data.Map(
        ("type", "message"),
        ("attachments", new List<object?>
        {
            Data.Map(
                ("contentType", "application/vnd.microsoft.card.adaptive"),
                ("content", Data.Map(
                    ("type", "AdaptiveCard"),
                    ("version", "1.4"),
                    ("body", new List<object?> { Data.Map(("type", "TextBlock"), ("wrap", true), ("text", text)) })))),
        }));
}
