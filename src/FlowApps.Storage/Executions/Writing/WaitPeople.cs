using FlowApps.Domain.Approvals;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>Who a question is for, as the inbox looks it up.</summary>
internal static class WaitPeople
{
    public const string Everyone = "*";

    public static string User(string name) => "u:" + name;

    public static string Group(string name) => "g:" + name;

    /// <summary>Who is wanted now; nobody while the requester changes answers.</summary>
    public static IEnumerable<string> Audience(Wait wait) =>
        wait.Changes is not null ? [] : wait is { Users.Count: 0, Groups.Count: 0 } ? [Everyone] : wait.Users.Select(User).Concat(wait.Groups.Select(Group));

    /// <summary>Who must not decide now: by the policy, or because they have.</summary>
    public static IEnumerable<string> Excluded(Wait wait) => wait.Policy.Excluded
        .Concat(wait.Policy.ExcludeRequester && wait.Requester is { } requester ? [requester] : [])
        .Concat(wait.Votes.Where(vote => vote.Round == wait.Round).SelectMany(vote => new[] { vote.Ballot.By, vote.Ballot.For }).OfType<string>())
        .Concat(wait.Held.Select(held => held.Ballot.By).OfType<string>()).Distinct();

    /// <summary>Who did something with it.</summary>
    public static IEnumerable<string> TookPart(Wait wait) =>
        wait.Votes.SelectMany(vote => new[] { vote.Ballot.By, vote.Ballot.For }).Concat(wait.Held.Select(held => held.Ballot.By)).Concat(wait.Policy.Excluded).OfType<string>().Distinct();
}
