using FlowApps.Domain.Approvals;
using FlowApps.Engine.Approvals;

namespace FlowApps.Web.Requests;

/// <summary>The outcomes of a decision, as stored and as read.</summary>
public static class DecisionWords
{
    public const string Approved = "approved";
    public const string Rejected = "rejected";

    public static string Of(WaitDecision decision) => KindOf(decision) switch
    {
        OutcomeKind.Approve => "Approved",
        OutcomeKind.Reject => "Declined",
        _ => decision.Label ?? TaskWords.Of(decision.Outcome),
    };

    public static string Of(OutcomeKind kind, string word) => kind switch
    {
        OutcomeKind.Approve => "Approved",
        OutcomeKind.Reject => "Declined",
        OutcomeKind.Changes => "Changes asked",
        _ => word,
    };

    public static bool IsNo(WaitDecision? decision) => decision is not null && KindOf(decision) == OutcomeKind.Reject;

    public static bool IsYes(WaitDecision decision) => KindOf(decision) == OutcomeKind.Approve;

    private static OutcomeKind? KindOf(WaitDecision decision) => decision.Kind ?? decision.Outcome switch { Approved => OutcomeKind.Approve, Rejected => OutcomeKind.Reject, _ => null };

    /// <summary>
    /// Who has to decide now, in a sentence: "Jonas Weber in IT desk, and Tomás Okafor or Priya Raman in Finance"; who has approved is left out. All who were asked once it is decided.
    /// <paramref name="members"/>: those in a group, as far as they are known.
    /// </summary>
    public static string Whom(Wait wait, Func<string, string> name, Func<string, IReadOnlyList<string>>? members = null)
    {
        var wanted = wait.Decision is null ? Tally.Wanted(wait) : [];
        return string.Join(", and ", (wanted.Count > 0 ? wanted : wait.Policy.Stages).Select(stage => Whom(wait, stage, name, members)).Distinct());
    }

    /// <summary>Whom a stage asks: one of its people, or as many as it still needs.</summary>
    public static string Whom(Wait wait, ApprovalStage stage, Func<string, string> name, Func<string, IReadOnlyList<string>>? members = null)
    {
        var approved = wait.Decision is null ? wait.Votes.Where(vote => vote.Round == wait.Round && vote.Kind == OutcomeKind.Approve).Select(vote => vote.Ballot.For ?? vote.Ballot.By).OfType<string>().Select(name).ToHashSet(StringComparer.Ordinal) : [];
        var needed = Math.Max(1, wait.Decision is null ? stage.Quorum - Tally.Of(wait).First(progress => progress.Stage == stage).Approvals.Count : stage.Quorum);
        var people = stage.Users.Select(name).Where(IsOpen).Concat(stage.Groups.Select(group => Of(group, MembersOf(group)))).ToList();
        if (people.Count == 0) people = stage.Users.Count > 0 ? [.. stage.Users.Select(name)] : [Of(null, MembersOf(Anyone))];
        return needed == 1 ? OneOf(people) : $"{needed} of {OneOf(people)}";

        bool IsOpen(string person) => !approved.Contains(person);
        List<string> MembersOf(string group) => [.. (members?.Invoke(group) ?? []).Where(IsOpen)];
    }

    /// <summary>The group of everybody who decides, for a question that names nobody.</summary>
    public const string Anyone = "";

    private const int Named = 3;

    private static string Of(string? group, IReadOnlyList<string> members)
    {
        var place = group is null ? "" : $" in {GroupWords.Of(group)}";
        return members.Count is > 0 and <= Named ? OneOf(members) + place : group is null ? "an approver" : $"somebody{place}";
    }

    private static string OneOf(IReadOnlyList<string> people) => people.Count == 1 ? people[0] : $"{string.Join(", ", people.Take(people.Count - 1))} or {people[^1]}";
}
