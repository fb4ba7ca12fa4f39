using FlowApps.Testing.Servers;

namespace FlowApps.Survival;

/// <summary>A test that needs RabbitMQ; skipped with a reason where there is none.</summary>
public sealed class BrokerFactAttribute : FactAttribute
{
    public BrokerFactAttribute() => Skip = RabbitMqServer.Missing;
}
