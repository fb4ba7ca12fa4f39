namespace FlowApps.Plugins.Tasks.Amqp;

/// <summary>What the body of a message is.</summary>
public enum SerdeType
{
    /// <summary>Text in UTF-8.</summary>
    String,

    /// <summary>JSON; a body that is none is handed over as text.</summary>
    Json,
}
