using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Hosting;

/// <summary>What one process does. All by default.</summary>
public enum NodeRole { Web, Engine, Scheduler, Worker }

/// <summary>The settings of the runtime, from the configuration section <c>FlowApps</c>; read and checked once at start by <see cref="RuntimeOptionsReader"/>.</summary>
public sealed record RuntimeOptions
{
    /// <summary>The folder of everything this process keeps on disk.</summary>
    public string DataFolder { get; init; } = "data";

    /// <summary>The public address, without a slash at the end.</summary>
    public string? Url { get; init; }

    /// <summary>The name shown as <c>kestra.environment</c>.</summary>
    public string? Environment { get; init; }

    public string Node { get; init; } = System.Environment.MachineName;

    public IReadOnlySet<NodeRole> Roles { get; init; } = Enum.GetValues<NodeRole>().ToHashSet();

    /// <summary>How many task attempts run at once.</summary>
    public int WorkerThreads { get; init; } = Math.Max(4 * System.Environment.ProcessorCount, 16);

    /// <summary>How long a worker holds an item without a sign of life.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>Worker groups served besides the items that name none.</summary>
    public IReadOnlyList<string> WorkerGroups { get; init; } = [];

    public IReadOnlyDictionary<string, object?> Globals { get; init; } = Data.Map();

    /// <summary>Process variables with this prefix are <c>envs.*</c>, without it and in lower case.</summary>
    public string EnvironmentPrefix { get; init; } = "KESTRA_";

    public bool RecursiveRendering { get; init; }

    /// <summary>The deprecated templates (flow.Template) exist only when this is on.</summary>
    public bool Templates { get; init; }

    /// <summary>Server-wide values of plugin types, such as <c>recoverMissedSchedules</c> of schedules.</summary>
    public IReadOnlyList<PluginDefault> PluginConfigurations { get; init; } = [];

    /// <summary>Server-wide plugin defaults, after those of the flow.</summary>
    public IReadOnlyList<PluginDefault> PluginDefaults { get; init; } = [];

    public bool Has(NodeRole role) => Roles.Contains(role);
}
