using FlowApps.Domain.Approvals;

namespace FlowApps.Web.Requests;

/// <summary>The outcomes of a decision, as stored and as read.</summary>
public static class DecisionWords
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    public static string Of(WaitDecision decision) => decision.Outcome switch
    {
        Approved => "Approved",
        Rejected => "Declined",
        var other => TaskWords.Of(other),
    };

    /// <summary>"Finance" for the group "finance": the people who may decide, in a sentence.</summary>
    public static string Whom(Wait wait, Func<string, string> name)
    {
        var people = wait.Users.Select(name).Concat(wait.Groups.Select(group => $"somebody in {TaskWords.Of(group)}")).ToList();
        return people.Count switch
        {
            0 => "an approver",
            1 => people[0],
            _ => $"{string.Join(", ", people[..^1])} or {people[^1]}",
        };
    }
}
