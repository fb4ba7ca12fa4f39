namespace FlowApps.Testing;

/// <summary>What tests measured, one line per goal, kept in the file that FLOWAPPS_REPORT names: runners show what passing tests print only when asked.</summary>
public static class Report
{
    private static readonly Lock Gate = new();

    public static void Goal(string line)
    {
        if (Environment.GetEnvironmentVariable("FLOWAPPS_REPORT") is not { Length: > 0 } file) return;
        lock (Gate) File.AppendAllText(file, line + "\n");
    }
}
