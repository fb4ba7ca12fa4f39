using FlowApps.Testing.Servers;
using RabbitMQ.Client;

namespace FlowApps.Plugins.Tests.Amqp;

/// <summary>One RabbitMQ for all tests of this folder, and a look into it past the product.</summary>
public sealed class Broker : IAsyncLifetime
{
    private RabbitMqServer? server;

    public RabbitMqServer Server => server ?? throw new InvalidOperationException("There is no RabbitMQ.");

    public async Task InitializeAsync()
    {
        if (RabbitMqServer.Missing is null) server = await RabbitMqServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
    }

    /// <summary>A new queue with a name of its own, and these messages in it.</summary>
    public async Task<string> QueueAsync(params (string Text, string? Id)[] messages)
    {
        var queue = $"queue-{Guid.NewGuid():N}";
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        foreach (var (text, id) in messages) await channel.BasicPublishAsync("", queue, true, new BasicProperties { MessageId = id }, System.Text.Encoding.UTF8.GetBytes(text));
        return queue;
    }

    /// <summary>How many messages wait in a queue that nobody listens to.</summary>
    public async Task<uint> CountAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    /// <summary>As when nobody needs the queue any more.</summary>
    public async Task DeleteAsync(string queue)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
    }

    private Task<IConnection> ConnectAsync() => new ConnectionFactory { HostName = RabbitMqServer.Host, Port = Server.Port }.CreateConnectionAsync();
}
