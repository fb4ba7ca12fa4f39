namespace FlowApps.Plugins.Tasks;

/// <summary>What counts as true once it is rendered (kestra-semantics 3.1): everything but false, 0, -0 and nothing.</summary>
internal static class Truth
{
    public static bool Of(string? rendered) => rendered?.Trim() is not (null or "" or "false" or "0" or "-0");
}
