namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>What all tasks on a broker have: where it is, and who asks.</summary>
public abstract record AmqpTask : RunnableTask, IAmqpFields
{
    /// <summary>The broker as one address: <c>amqp://user:password@host:5672/virtual_host</c>, or <c>amqps://</c> for TLS. The virtual host is the path with its slash.</summary>
    [Deprecated("host")]
    public Property<string>? Url { get; init; }

    /// <summary>The broker's host.</summary>
    public Property<string>? Host { get; init; }

    /// <summary>Its port; 5671 speaks TLS.</summary>
    public Property<string> Port { get; init; } = "5672";

    /// <summary>Who asks.</summary>
    public Property<string>? Username { get; init; }

    /// <summary>The password; a secret.</summary>
    public Property<string>? Password { get; init; }

    /// <summary>The virtual host.</summary>
    public Property<string> VirtualHost { get; init; } = "/";
}
