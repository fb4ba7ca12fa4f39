namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>Which messages are taken from a queue.</summary>
public interface IAmqpSource : IAmqpFields
{
    Property<string> Queue { get; }
    Property<SerdeType> SerdeType { get; }
    Property<bool> AutoAck { get; }
    Property<int>? MaxRecords { get; }
    Property<TimeSpan>? MaxDuration { get; }
}
