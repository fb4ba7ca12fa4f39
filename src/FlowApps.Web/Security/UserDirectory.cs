using System.Text.Json;
using FlowApps.Domain.Security;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Caching.Memory;

namespace FlowApps.Web.Security;

/// <summary>
/// The people who can sign in: documents of the kind <c>user</c>, by name in lower case. Programs sign in with every request, so a person is remembered for two seconds: a change
/// made here counts at once, one made by another process after that time.
/// </summary>
public sealed class UserDirectory(IDocumentStore documents, IMemoryCache cache)
{
    public const string Kind = "user";

    /// <summary>Of a larger group only so many are named.</summary>
    private const int Listed = 200;

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(2);

    public async ValueTask<User?> FindAsync(string name, CancellationToken cancellation)
    {
        var key = (nameof(UserDirectory), Key(name));
        if (cache.TryGetValue(key, out User? known)) return known;
        var user = (await documents.LoadAsync<User>(Kind, Key(name), cancellation))?.Value;
        if (user is not null) cache.Set(key, user, Remembered);
        return user;
    }

    /// <summary>By user name, else by e-mail address.</summary>
    public async Task<User?> FindByNameOrEmailAsync(string name, CancellationToken cancellation)
    {
        if (await FindAsync(name, cancellation) is { } user) return user;
        if (!name.Contains('@', StringComparison.Ordinal)) return null;
        return (await AllAsync(cancellation)).FirstOrDefault(u => string.Equals(u.Email, name.Trim(), StringComparison.OrdinalIgnoreCase));
    }

    public async Task<IReadOnlyList<User>> AllAsync(CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<User>(Kind, new DocumentQuery(), new PageRequest(1, 1000), cancellation);
        return page.Results.Select(r => r.Value).ToList();
    }

    /// <summary>Who is in a group.</summary>
    public Task<IReadOnlyList<User>> OfGroupAsync(string group, CancellationToken cancellation) => ListedAsync("groups", group, cancellation);

    public Task<IReadOnlyList<User>> WithRoleAsync(Role role, CancellationToken cancellation) => ListedAsync("roles", System.Text.Json.JsonNamingPolicy.SnakeCaseUpper.ConvertName(role.ToString()), cancellation);

    private async Task<IReadOnlyList<User>> ListedAsync(string list, string word, CancellationToken cancellation)
    {
        var page = await documents.QueryAsync<User>(Kind, new DocumentQuery { Listed = new ListedWord(list, word) }, new PageRequest(1, Listed), cancellation);
        return page.Results.Select(stored => stored.Value).ToList();
    }

    public async Task SaveAsync(User user, CancellationToken cancellation)
    {
        await documents.WriteAsync([new DocumentWrite(Kind, Key(user.Name), JsonSerializer.Serialize(user, Data.Json))], cancellation);
        cache.Remove((nameof(UserDirectory), Key(user.Name)));
    }

    private static string Key(string name) => name.Trim().ToLowerInvariant();
}
