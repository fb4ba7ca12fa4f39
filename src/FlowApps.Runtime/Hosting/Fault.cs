using System.Diagnostics;

namespace FlowApps.Runtime.Hosting;

/// <summary>Named crash points: the windows between two durable steps. Compiled away unless FAULTS is defined; a test rig ends the process at one of them.</summary>
public static class Fault
{
    /// <summary>Called at each point with its name; set by a rig before anything starts.</summary>
    public static Action<string> Hit { get; set; } = _ => { };

    [Conditional("FAULTS")]
    public static void Point(string name) => Hit(name);
}
