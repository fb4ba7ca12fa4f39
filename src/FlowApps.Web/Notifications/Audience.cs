using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Approvals;
using FlowApps.Web.Security;

namespace FlowApps.Web.Notifications;

/// <summary>Who is told of a question: those who may decide it, by name, by group, guests by their address, or every approver when it names nobody. Never who asked.</summary>
public sealed class Audience(UserDirectory users, Guests guests)
{
    public async Task<IReadOnlyList<User>> OfAsync(Wait wait, CancellationToken cancellation)
    {
        var able = (await users.AllAsync(cancellation)).Where(user => user.Name != wait.Requester && user.May(Permission.DecideApprovals));
        return wait is { Users.Count: 0, Groups.Count: 0 }
            ? [.. able.Where(user => user.Roles.Contains(Role.Approver))]
            : [.. able.Where(user => wait.Users.Contains(Guest.Spelt(user.Name)) || wait.Users.Contains(Guest.Spelt(user.Email ?? "")) || wait.Groups.Intersect(user.Groups).Any()), .. await GuestsAsync(wait, cancellation)];
    }

    private async Task<IReadOnlyList<User>> GuestsAsync(Wait wait, CancellationToken cancellation)
    {
        var found = new List<User>();
        foreach (var name in wait.Users)
            if (await guests.FindAsync(name, cancellation) is { } guest) found.Add(guest);
        return found;
    }
}
