namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>A flow whose executions are counted.</summary>
public sealed record CountedFlow
{
    /// <summary>Its namespace.</summary>
    public required Property<string> Namespace { get; init; }

    /// <summary>Its id.</summary>
    [Alias("id")]
    public required Property<string> FlowId { get; init; }
}
