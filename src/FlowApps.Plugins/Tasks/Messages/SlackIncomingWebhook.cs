namespace FlowApps.Plugins.Tasks.Messages;

/// <summary>Writes into a Slack channel through its incoming webhook.</summary>
[Plugin("slack.notifications.SlackIncomingWebhook", "io.kestra.plugin.slack.SlackIncomingWebhook", "io.kestra.plugin.notifications.slack.SlackIncomingWebhook", Icon = "brand-slack")]
public sealed record SlackIncomingWebhook : IncomingWebhookTask
{
    private protected override OrderedDictionary<string, object?> Plain(object? text) => Data.Map(("text", text));
}
