using System.Threading.RateLimiting;

namespace FlowApps.Web.Apps.Public;

/// <summary>How much somebody without an account may ask of a public form, by address: few sent forms, fewer from browsers that did no proof of work, many changes while filling one.</summary>
public sealed class VisitorLimit : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> sends = Limiter(10, TimeSpan.FromMinutes(10));
    private readonly PartitionedRateLimiter<HttpContext> unproved = Limiter(4, TimeSpan.FromMinutes(10));
    private readonly PartitionedRateLimiter<HttpContext> changes = Limiter(240, TimeSpan.FromMinutes(1));

    public bool MaySend(HttpContext http, bool proved) => Take(sends, http) && (proved || Take(unproved, http));

    public bool MayChange(HttpContext http) => Take(changes, http);

    public void Dispose()
    {
        sends.Dispose();
        unproved.Dispose();
        changes.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<HttpContext> limiter, HttpContext http)
    {
        using var lease = limiter.AttemptAcquire(http);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(int permits, TimeSpan window) => PartitionedRateLimiter.Create<HttpContext, string>(http =>
        RateLimitPartition.GetSlidingWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions { PermitLimit = permits, Window = window, SegmentsPerWindow = 5 }));
}
