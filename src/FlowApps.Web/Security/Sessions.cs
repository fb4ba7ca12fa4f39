using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Security;

/// <summary>
/// Sessions live on the server: the cookie holds only a key, signing out ends it everywhere at once, and the person is read anew with each request. Each signing in makes
/// a new key, so that a key somebody else planted is worth nothing. Stored under a hash of the key: reading the database does not give sessions away.
/// </summary>
public sealed class Sessions(IDocumentStore documents, UserDirectory users, TimeProvider clock)
{
    private const string Kind = "session";

    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(14);

    /// <summary>The new session's key.</summary>
    public async Task<string> BeginAsync(User user, CancellationToken cancellation)
    {
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await WriteAsync(key, new Session(user.Name, clock.GetUtcNow(), clock.GetUtcNow() + Lifetime), cancellation);
        return key;
    }

    /// <summary>Whose session this is; null when it ended or the person's account was closed. A session in use is extended in its second half.</summary>
    public async Task<User?> FindAsync(string key, CancellationToken cancellation)
    {
        var session = (await documents.LoadAsync<Session>(Kind, Hash(key), cancellation))?.Value;
        if (session is null || session.ExpiresAt <= clock.GetUtcNow()) return null;
        if (await users.FindAsync(session.User, cancellation) is not { Disabled: false } user) return null;
        if (session.ExpiresAt - clock.GetUtcNow() < Lifetime / 2)
            await WriteAsync(key, session with { ExpiresAt = clock.GetUtcNow() + Lifetime }, cancellation);
        return user;
    }

    public Task EndAsync(string key, CancellationToken cancellation) => documents.WriteAsync([new DocumentWrite(Kind, Hash(key), null)], cancellation);

    /// <summary>Ends all sessions of a person, after a new password, but for the one in which it was set.</summary>
    public async Task EndAllAsync(string user, string? exceptKey, CancellationToken cancellation)
    {
        var kept = exceptKey is null ? null : Hash(exceptKey);
        var sessions = await documents.QueryAsync<Session>(Kind, new DocumentQuery(Owner: user), new PageRequest(1, 1000), cancellation);
        await documents.WriteAsync(sessions.Results.Where(session => session.Id != kept).Select(session => new DocumentWrite(Kind, session.Id, null)).ToList(), cancellation);
    }

    private Task WriteAsync(string key, Session session, CancellationToken cancellation) => documents.WriteAsync(
        [new DocumentWrite(Kind, Hash(key), JsonSerializer.Serialize(session, Data.Json), Owner: session.User, ExpiresAt: session.ExpiresAt)], cancellation);

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What is stored of a session.</summary>
    private sealed record Session(string User, DateTimeOffset SignedInAt, DateTimeOffset ExpiresAt);
}
