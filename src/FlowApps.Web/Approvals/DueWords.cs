namespace FlowApps.Web.Approvals;

/// <summary>How near the end is.</summary>
public static class DueWords
{
    private static readonly TimeSpan Near = TimeSpan.FromHours(4);

    public static bool IsLate(DateTimeOffset due, DateTimeOffset now) => due < now;

    public static bool IsSoon(DateTimeOffset due, DateTimeOffset now) => !IsLate(due, now) && due - now < Near;

    public static string? Css(DateTimeOffset due, DateTimeOffset now) => IsLate(due, now) ? "is-late" : IsSoon(due, now) ? "is-soon" : null;
}
