using System.Runtime.InteropServices;

namespace FlowApps.Plugins.Processes;

/// <summary>kill(2).</summary>
internal static partial class ProcessSignals
{
    public const int Terminate = 15, Kill = 9;

    /// <summary>Sends a signal to a process, or to a whole group when the id is negative; one that is gone already is fine.</summary>
    public static void Send(int id, int signal) => _ = SendSignal(id, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int id, int signal);
}
