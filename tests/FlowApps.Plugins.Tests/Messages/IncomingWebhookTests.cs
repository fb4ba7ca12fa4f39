using System.Text;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Http;
using FlowApps.Domain.Plugins;
using FlowApps.Plugins.Http;
using FlowApps.Plugins.Tasks.Messages;
using FlowApps.Plugins.Tests.Http;
using FlowApps.Yaml.Flows;

namespace FlowApps.Plugins.Tests.Messages;

public sealed class IncomingWebhookTests : IDisposable
{
    private readonly List<string> posted = [];
    private readonly LoopbackServer server;
    private readonly OutboundHttp http = new(new OutboundPolicy([], []));
    private readonly TaskContextFake context;

    public IncomingWebhookTests()
    {
        server = new LoopbackServer((request, body, response) =>
        {
            posted.Add($"{request.HttpMethod} {request.ContentType} {Encoding.UTF8.GetString(body)}");
            response.StatusCode = request.Url!.AbsolutePath == "/gone" ? 410 : 200;
            return Task.CompletedTask;
        });
        context = new TaskContextFake(("who", "\"Ann\" {{ 7*191 }}")).With<IHttp>(http);
    }

    public void Dispose()
    {
        server.Dispose();
        http.Dispose();
        context.Dispose();
    }

    [Theory]
    [InlineData("io.kestra.plugin.notifications.slack.SlackIncomingWebhook", """{"text":"From \"Ann\" {{ 7*191 }}"}""")]
    [InlineData("io.kestra.plugin.slack.notifications.SlackIncomingWebhook", """{"text":"From \"Ann\" {{ 7*191 }}"}""")]
    [InlineData("io.kestra.plugin.notifications.teams.TeamsIncomingWebhook", """"text":"From \"Ann\" {{ 7*191 }}"""")]
    public async Task A_plain_message_cannot_break_its_json_and_is_rendered_once(string type, string sent)
    {
        await Read($"- id: tell\n  type: {type}\n  url: {server.Address("/room")}\n  messageText: From {{{{ who }}}}\n").Done(context);
        Assert.StartsWith("POST application/json ", Assert.Single(posted), StringComparison.Ordinal);
        Assert.Contains(sent, posted[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_goes_as_it_is_written()
    {
        await Read($"- id: tell\n  type: io.kestra.plugin.slack.SlackIncomingWebhook\n  url: {server.Address("/room")}\n  payload: |\n    {{\"text\": \"flow {{{{ 1 + 1 }}}}\"}}\n").Done(context);
        await Read($"- id: tell\n  type: io.kestra.plugin.slack.SlackIncomingWebhook\n  url: {server.Address("/room")}\n  payload:\n    text: \"{{{{ who }}}}\"\n").Done(context);
        Assert.Equal(["{\"text\": \"flow 2\"}", """{"text":"\"Ann\" {{ 7*191 }}"}"""], posted.Select(one => one["POST application/json ".Length..].Trim()));
    }

    [Fact]
    public async Task A_room_that_is_gone_fails_the_task_and_a_message_is_needed()
    {
        var failed = await Assert.ThrowsAsync<TaskFailedException>(() => Read($"- id: tell\n  type: io.kestra.plugin.slack.SlackIncomingWebhook\n  url: {server.Address("/gone")}\n  messageText: x\n").Done(context));
        Assert.Contains("410", failed.Message, StringComparison.Ordinal);
        Assert.Contains(Reading("- id: tell\n  type: io.kestra.plugin.slack.SlackIncomingWebhook\n  url: https://example.org\n").Problems, problem => problem.Message.Contains("either a payload or a messageText", StringComparison.Ordinal));
    }

    private static IncomingWebhookTask Read(string task)
    {
        var reading = Reading(task);
        Assert.Empty(reading.Problems);
        return (IncomingWebhookTask)reading.Flow!.Tasks[0];
    }

    private static FlowReading Reading(string task) =>
        new FlowReader(new PluginCatalogue([typeof(Flow).Assembly, typeof(PluginsAssembly).Assembly]), new FlowReaderOptions()).Read($"id: f\nnamespace: n\ntasks:\n{task}");
}
