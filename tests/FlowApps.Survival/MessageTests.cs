using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FlowApps.Testing;
using FlowApps.Testing.Servers;
using RabbitMQ.Client;

namespace FlowApps.Survival;

/// <summary>
/// The server is killed while it takes messages from a real broker: each message that carries an id starts one execution (heard), or is in the file of one (polled).
/// </summary>
public sealed class MessageTests
{
    private const string Namespace = "messages";
    private const int Batches = 4, BatchSize = 75;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromMinutes(3);
    private readonly int seed = Setting.Seed;

    [BrokerFact]
    public async Task Messages_are_neither_lost_nor_doubled_when_the_server_is_killed_while_it_takes_them()
    {
        var random = new Random(seed);
        await using var broker = await RabbitMqServer.StartAsync();
        await using var connection = await new ConnectionFactory { HostName = RabbitMqServer.Host, Port = broker.Port }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        foreach (var queue in new[] { "heard", "polled" }) await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        await using var server = await ServerProcess.StartAsync();
        using (var first = new Api(server))
        {
            await first.InstallAsync(Flow("heard", $"type: amqp.RealtimeTrigger, host: {RabbitMqServer.Host}, port: {broker.Port}, queue: heard"));
            await first.InstallAsync(Flow("polled", $"type: amqp.Trigger, interval: PT0.2S, host: {RabbitMqServer.Host}, port: {broker.Port}, queue: polled, maxRecords: 20"));
        }
        for (var batch = 0; batch < Batches; batch++)
        {
            for (var number = 0; number < BatchSize; number++)
                foreach (var queue in new[] { "heard", "polled" })
                    await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { MessageId = $"{batch}-{number}", DeliveryMode = DeliveryModes.Persistent }, Encoding.UTF8.GetBytes("content"));
            // Somewhere among the messages, whose first may not have come yet.
            await Task.Delay(random.Next(0, 1500));
            await server.KillAsync();
            await server.RunAgainAsync();
        }
        using var api = new Api(server);
        var clock = Stopwatch.StartNew();
        var (heard, polled) = await TakenAsync(api);
        while ((heard.Distinct().Count() < Batches * BatchSize || polled.Distinct().Count() < Batches * BatchSize) && clock.Elapsed < SettleLimit)
        {
            await Task.Delay(500);
            (heard, polled) = await TakenAsync(api);
        }
        Report.Goal($"messages of a broker: seed {seed}, {heard.Count} heard, {polled.Count} polled, {Batches} kills, settled after {clock.Elapsed.TotalSeconds:0.0} s");
        foreach (var taken in new[] { heard, polled })
        {
            Assert.True(taken.Distinct().Count() == Batches * BatchSize, $"seed {seed}: {Batches * BatchSize - taken.Distinct().Count()} messages were lost");
            Assert.True(taken.Count == Batches * BatchSize, $"seed {seed}: {taken.Count - Batches * BatchSize} messages were taken twice");
        }
        foreach (var queue in new[] { "heard", "polled" }) Assert.Equal(0u, await channel.MessageCountAsync(queue));
    }

    /// <summary>The ids of the messages of all executions, as often as they are there.</summary>
    private static async Task<(List<string> Heard, List<string> Polled)> TakenAsync(Api api)
    {
        var (heard, polled) = (new List<string>(), new List<string>());
        foreach (var execution in await api.SearchAsync(Namespace))
        {
            var variables = execution.GetProperty("trigger").GetProperty("variables");
            if (execution.GetProperty("flowId").GetString() == "heard") heard.Add(variables.GetProperty("messageId").GetString()!);
            else
                foreach (var line in (await api.FileAsync(execution.GetProperty("id").GetString()!, variables.GetProperty("uri").GetString()!)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    polled.Add(JsonDocument.Parse(line).RootElement.GetProperty("messageId").GetString()!);
        }
        return (heard, polled);
    }

    private static string Flow(string id, string trigger) => $$"""
        id: {{id}}
        namespace: {{Namespace}}
        triggers:
          - {id: source, {{trigger}}}
        tasks:
          - {id: log, type: core.log.Log, message: taken}
        """;
}
