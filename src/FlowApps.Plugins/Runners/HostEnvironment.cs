namespace FlowApps.Plugins.Runners;

/// <summary>The few variables of the worker's own environment that commands see. Everything else, secrets first of all, stays with the worker.</summary>
internal static class HostEnvironment
{
    private static readonly string[] Passed = ["PATH", "HOME", "LANG", "TZ", "SystemRoot"];

    /// <summary>The passed variables, then the given ones.</summary>
    public static Dictionary<string, string> With(IReadOnlyDictionary<string, string> given)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in Passed)
            if (Environment.GetEnvironmentVariable(name) is { } value) environment[name] = value;
        foreach (var (name, value) in given) environment[name] = value;
        return environment;
    }
}
