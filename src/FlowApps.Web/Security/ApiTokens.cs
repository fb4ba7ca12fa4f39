using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Security;

/// <summary>Tokens for programs: shown once when made, stored as a hash, with the rights of the person they belong to.</summary>
public sealed class ApiTokens(IDocumentStore documents, UserDirectory users, TimeProvider clock)
{
    private const string Kind = "api-token";
    private const string Prefix = "fla_";

    /// <summary>The new token's text; it cannot be read again.</summary>
    public async Task<string> CreateAsync(string user, string name, TimeSpan? lifetime, CancellationToken cancellation)
    {
        var token = Prefix + WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        var expires = clock.GetUtcNow() + lifetime;
        var entry = new ApiToken(user, name, clock.GetUtcNow(), expires);
        await documents.WriteAsync([new DocumentWrite(Kind, Hash(token), JsonSerializer.Serialize(entry, Data.Json), Owner: user, ExpiresAt: expires)], cancellation);
        return token;
    }

    public async Task<IReadOnlyList<(string Id, ApiToken Token)>> OfAsync(string user, CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<ApiToken>(Kind, new DocumentQuery(Owner: user), new PageRequest(1, 1000), cancellation);
        return page.Results.Select(r => (r.Id, r.Value)).ToList();
    }

    /// <summary>Ends a token of this person; others' tokens are not touched.</summary>
    public async Task RevokeAsync(string user, string id, CancellationToken cancellation)
    {
        if ((await documents.LoadAsync<ApiToken>(Kind, id, cancellation))?.Value.User == user)
            await documents.WriteAsync([new DocumentWrite(Kind, id, null)], cancellation);
    }

    public async Task<User?> FindUserAsync(string token, CancellationToken cancellation)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)) return null;
        var stored = await documents.LoadAsync<ApiToken>(Kind, Hash(token), cancellation);
        if (stored is null || stored.Value.ExpiresAt <= clock.GetUtcNow()) return null;
        return await users.FindAsync(stored.Value.User, cancellation) is { Disabled: false } user ? user : null;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}

/// <summary>What is known of a token: whose, what for, since and until when.</summary>
public sealed record ApiToken(string User, string Name, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
