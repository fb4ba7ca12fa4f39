namespace FlowApps.Web.Security;

/// <summary>An address to return to must be one of ours; anything else would let a link lead people astray after signing in.</summary>
public static class LocalAddress
{
    public static string Or(string? address, string fallback) => IsLocal(address) ? address! : fallback;

    private static bool IsLocal(string? address) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl);
}
