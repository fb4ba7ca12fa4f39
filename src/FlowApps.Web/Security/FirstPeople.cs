using System.Security.Cryptography;
using FlowApps.Domain.Security;
using FlowApps.Web.Layout;

namespace FlowApps.Web.Security;

/// <summary>
/// At start: the sample people of a demo, the administrator named in the settings (<c>FlowApps:Admin:Name</c> and <c>Password</c>), or, when
/// nobody can sign in yet, an administrator whose password is told once on the console.
/// </summary>
public sealed class FirstPeople(UserDirectory users, Installation installation, IConfiguration configuration, ILogger<FirstPeople> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (installation.Demo)
            foreach (var person in SamplePeople.All)
                await AddAsync(person.User, person.Password, cancellationToken);
        var (name, password) = (configuration["FlowApps:Admin:Name"] ?? "admin", configuration["FlowApps:Admin:Password"]);
        if (password is not null)
        {
            await AddAsync(Administrator(name), password, cancellationToken);
        }
        else if ((await users.AllAsync(cancellationToken)).Count == 0)
        {
            password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
            await AddAsync(Administrator(name), password, cancellationToken);
            logger.LogWarning("Nobody could sign in yet. The first administrator is {Name} with the password {Password}. It is shown only now; change it after signing in.", name, password);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static User Administrator(string name) => new(name, "Administrator", [Role.Admin]);

    // Somebody who is there already keeps what they changed, but for a password that the settings set.
    private async Task AddAsync(User user, string password, CancellationToken cancellation)
    {
        var known = await users.FindAsync(user.Name, cancellation);
        if (known is not null && PasswordHash.Matches(password, known.PasswordHash)) return;
        await users.SaveAsync((known ?? user) with { PasswordHash = PasswordHash.Of(password) }, cancellation);
    }
}
