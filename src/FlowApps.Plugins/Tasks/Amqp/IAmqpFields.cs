namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>How tasks and triggers reach a broker that speaks AMQP 0-9-1, such as RabbitMQ.</summary>
public interface IAmqpFields
{
    Property<string>? Url { get; }
    Property<string>? Host { get; }
    Property<string> Port { get; }
    Property<string>? Username { get; }
    Property<string>? Password { get; }
    Property<string> VirtualHost { get; }
}
