using System.Globalization;

namespace FlowApps.Survival;

/// <summary>How long and how often, as the variables FLOWAPPS_CHAOS_* say: a short run without any, the same faults again with a SEED.</summary>
internal static class Setting
{
    public static int Kills { get; } = (int)Of("KILLS", 60);

    public static double Hours { get; } = Of("HOURS", 0);

    public static int Seed { get; } = (int)Of("SEED", Environment.TickCount & 0xFFFFFF);

    private static double Of(string name, double otherwise) => double.TryParse(Environment.GetEnvironmentVariable($"FLOWAPPS_CHAOS_{name}"), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) ? given : otherwise;
}
