using Xunit.Abstractions;

namespace FlowApps.Chaos.Tests;

/// <summary>One line per goal, printed by the test and, for <c>./flowapps chaos</c>, kept in the file that FLOWAPPS_CHAOS_REPORT names.</summary>
internal static class Report
{
    public static void Goal(ITestOutputHelper print, string line)
    {
        print.WriteLine(line);
        if (Environment.GetEnvironmentVariable("FLOWAPPS_CHAOS_REPORT") is { Length: > 0 } file) File.AppendAllText(file, line + "\n");
    }
}
