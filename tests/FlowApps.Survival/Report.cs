using Xunit.Abstractions;

namespace FlowApps.Survival;

/// <summary>One line per goal, printed by the test and kept in the file that FLOWAPPS_REPORT names, since runners show what passing tests print only when asked.</summary>
internal static class Report
{
    private static readonly Lock Gate = new();

    public static void Goal(ITestOutputHelper print, string line)
    {
        print.WriteLine(line);
        if (Environment.GetEnvironmentVariable("FLOWAPPS_REPORT") is not { Length: > 0 } file) return;
        lock (Gate) File.AppendAllText(file, line + "\n");
    }
}
