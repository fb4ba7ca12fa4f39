namespace FlowApps.Testing;

/// <summary>How often something is tried: a few times in a usual run, as often as the nightly bars ask when FLOWAPPS_CHAOS_THOROUGH is 1.</summary>
public static class Times
{
    public static int Of(int usually, int thoroughly) => Environment.GetEnvironmentVariable("FLOWAPPS_CHAOS_THOROUGH") == "1" ? thoroughly : usually;
}
