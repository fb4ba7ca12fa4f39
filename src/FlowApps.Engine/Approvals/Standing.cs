using FlowApps.Domain.Approvals;
using FlowApps.Domain.Problems;

namespace FlowApps.Engine.Approvals;

/// <summary>What a person is to a question: whether they may decide now.</summary>
public static class Standing
{
    public const string NotAsked = "not_yours_to_decide";
    public const string AlreadyVoted = "already_voted";
    public const string WithRequester = "with_requester";

    /// <summary>Null: may decide now. <paramref name="person"/>: whose rights count; <paramref name="by"/>: who acts, the same unless it is a delegate. <paramref name="editor"/>: who saved the flow.</summary>
    public static Problem? WhyNot(Wait wait, string by, string person, IReadOnlyList<string> groups, string? editor = null)
    {
        var policy = wait.Policy;
        if (wait.Changes is not null) return new Problem(WithRequester, "The requester is changing the answers. It comes back to you then.");
        if (policy.ExcludeRequester && (Same(by, wait.Requester) || Same(person, wait.Requester))) return new Problem(NotAsked, "You asked for this, so somebody else decides.");
        if (policy.ExcludeEditor && editor is not null && (by == editor || person == editor)) return new Problem(NotAsked, "You changed how this is done last, so somebody else decides.");
        if (policy.Excluded.Contains(by) || policy.Excluded.Contains(person)) return new Problem(NotAsked, "You are left out of this decision, so somebody else decides.");
        if (wait.Votes.Any(vote => vote.Round == wait.Round && (Same(vote.Ballot.By, by) || Same(vote.Ballot.Person, person)))) return new Problem(AlreadyVoted, "You have decided already. Others still have to.");
        return Stages(wait, person, groups).Count > 0 ? null : new Problem(NotAsked, "Others were asked to decide this.");
    }

    /// <summary>Who asked, who is or will be asked, and who did something with it: they talk to each other about it.</summary>
    public static bool TakesPart(Wait wait, string by, string person, IReadOnlyList<string> groups) =>
        by == wait.Requester || wait.Votes.Any(vote => vote.Ballot.By == by) || wait.Remarks.Any(remark => remark.By == by) || wait.Policy.Stages.Any(stage => IsAsked(stage, person, groups));

    /// <summary>The stages of the step that decides now and that ask this person; none when their approval would not help.</summary>
    public static IReadOnlyList<ApprovalStage> Stages(Wait wait, string person, IReadOnlyList<string> groups)
    {
        var wanted = Tally.Wanted(wait);
        return wanted.Any(stage => IsAsked(stage, person, groups)) ? [.. wait.Policy.Stages.Where(stage => stage.Step == wanted[0].Step && IsAsked(stage, person, groups))] : [];
    }

    /// <summary>Names and addresses are one person's however they are spelt; programs, which have none, are never the same.</summary>
    private static bool Same(string? one, string? other) => one is not null && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    public static bool IsAsked(ApprovalStage stage, string person, IReadOnlyList<string> groups) =>
        stage.IsForEveryone || stage.Users.Contains(person) || stage.Groups.Any(groups.Contains);
}
