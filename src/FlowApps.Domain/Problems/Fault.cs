using System.Diagnostics;

namespace FlowApps.Domain.Problems;

/// <summary>
/// Named crash points: the windows between two durable steps, where a process may die. Calls are compiled away unless FAULTS is defined (configuration Chaos); a test rig
/// then ends the process at one of them.
/// </summary>
public static class Fault
{
    /// <summary>Called at each point with its name; set by a rig before anything starts.</summary>
    public static Action<string> Hit { get; set; } = _ => { };

    [Conditional("FAULTS")]
    public static void Point(string name) => Hit(name);
}
