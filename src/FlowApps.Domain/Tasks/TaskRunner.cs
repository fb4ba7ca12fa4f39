namespace FlowApps.Domain.Tasks;

/// <summary>Where the commands of a script task run (kestra-semantics 13): a process on the worker, a container … The types are in FlowApps.Plugins, marked with <see cref="Plugins.PluginAttribute"/>.</summary>
public abstract record TaskRunner
{
    /// <summary>The type as written in the flow.</summary>
    public required string Type { get; init; }
}
