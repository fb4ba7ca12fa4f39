using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Security;

/// <summary>Slows guessing: after ten wrong passwords for a name within five minutes, that name waits for the rest of them.</summary>
public sealed class SignInLimit(IMemoryCache cache)
{
    private const int Tries = 10;

    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(5);

    public bool IsReached(string name) => Counter(name).Wrong >= Tries;

    public void Count(string name) => Interlocked.Increment(ref Counter(name).Wrong);

    private Tally Counter(string name) => cache.GetOrCreate((nameof(SignInLimit), name.Trim().ToLowerInvariant()), entry =>
    {
        entry.AbsoluteExpirationRelativeToNow = Window;
        return new Tally();
    })!;

    private sealed class Tally
    {
        public int Wrong;
    }
}
