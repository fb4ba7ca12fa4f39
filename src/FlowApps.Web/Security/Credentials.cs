using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Security;
using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Security;

/// <summary>
/// Checks a name and password. A right answer is remembered for some minutes under a keyed digest, because programs send the password with every
/// request and the hash is slow by intent; a changed password is a changed hash and is checked anew.
/// </summary>
public sealed class Credentials(UserDirectory users, IMemoryCache cache)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    /// <summary>The person, or null when name or password is wrong or the account is closed.</summary>
    public async Task<User?> CheckAsync(string name, string password, CancellationToken cancellation)
    {
        var user = await users.FindByNameOrEmailAsync(name, cancellation);
        var digest = (nameof(Credentials), Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{user?.PasswordHash}\n{password}"))));
        if (user is not null && cache.TryGetValue(digest, out _)) return user.Disabled ? null : user;
        if (!PasswordHash.Matches(password, user?.PasswordHash)) return null;
        cache.Set(digest, true, Remembered);
        return user is { Disabled: false } ? user : null;
    }
}
