using FlowApps.Domain.Approvals;
using FlowApps.Domain.Security;
using FlowApps.Web.Notifications;
using FlowApps.Web.Security;

namespace FlowApps.Web.Approvals;

/// <summary>
/// People without an account whom a question names by their e-mail address. They have no more than the letter: its link shows them that one case and lets them decide it.
/// An address that belongs to an account is no guest's: that person decides signed in.
/// </summary>
public sealed class Guests(UserDirectory users)
{
    /// <summary>The guest with this address as somebody who can be written to; null for anything else.</summary>
    public async Task<User?> FindAsync(string name, CancellationToken cancellation) =>
        Guest.IsAddress(name) && await users.FindByNameOrEmailAsync(name, cancellation) is null
            ? new NotificationChoices(InApp: false).On(new User(name, name, [Role.Approver]) { Email = name })
            : null;

    /// <summary>Whether the question asks this address, now or in a later step, or has its answer.</summary>
    public static bool Takes(Wait wait, string address) => wait.Policy.Stages.Any(stage => stage.Users.Contains(address)) || wait.Votes.Any(vote => vote.Ballot.By == address);
}
