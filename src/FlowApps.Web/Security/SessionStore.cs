using System.Security.Cryptography;
using System.Text.Json;
using FlowApps.Domain.Values;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowApps.Web.Security;

/// <summary>
/// Sessions live on the server: the cookie is only a key, signing out ends it everywhere at once, and the person's roles are read anew each time.
/// Stored under a hash of the key, so that reading the database does not give sessions away.
/// </summary>
public sealed class SessionStore(IDocumentStore documents, UserDirectory users, TimeProvider clock) : ITicketStore
{
    private const string Kind = "session";

    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(14);

    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        await RenewAsync(key, ticket);
        return key;
    }

    public Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        var name = ticket.Principal.Identity?.Name ?? throw new InvalidOperationException("A session belongs to a person.");
        var expires = ticket.Properties.ExpiresUtc ?? clock.GetUtcNow() + Lifetime;
        var session = new Session(name, ticket.Properties.IssuedUtc ?? clock.GetUtcNow(), expires, ticket.Properties.IsPersistent);
        return documents.WriteAsync([new DocumentWrite(Kind, Hash(key), JsonSerializer.Serialize(session, Data.Json), Owner: name, ExpiresAt: expires)], CancellationToken.None);
    }

    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var stored = await documents.LoadAsync<Session>(Kind, Hash(key), CancellationToken.None);
        if (stored is null || stored.Value.ExpiresAt <= clock.GetUtcNow()) return null;
        var session = stored.Value;
        if (await users.FindAsync(session.User, CancellationToken.None) is not { Disabled: false } user) return null;
        var properties = new AuthenticationProperties { IssuedUtc = session.SignedInAt, ExpiresUtc = session.ExpiresAt, IsPersistent = session.Keep };
        var scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        return new AuthenticationTicket(PersonClaims.Of(user, scheme, Hash(key)), properties, scheme);
    }

    public Task RemoveAsync(string key) => documents.WriteAsync([new DocumentWrite(Kind, Hash(key), null)], CancellationToken.None);

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));

    /// <summary>What is stored of a session.</summary>
    private sealed record Session(string User, DateTimeOffset SignedInAt, DateTimeOffset ExpiresAt, bool Keep);
}
