using FlowApps.Domain.Approvals;

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

    /// <summary>Who may decide, in a sentence: "Tomás Okafor or Priya Raman in Finance". <paramref name="members"/>: those in a group, as far as they are known.</summary>
    public static string Whom(Wait wait, Func<string, string> name, Func<string, IReadOnlyList<string>>? members = null)
    {
        var people = wait.Users.Select(name).Concat(wait.Groups.Select(group => Of(group, members?.Invoke(group) ?? []))).ToList();
        if (people.Count == 0) people.Add(Of(null, members?.Invoke(Anyone) ?? []));
        return OneOf(people);
    }

    /// <summary>The group of everybody who decides, for a question that names nobody.</summary>
    public const string Anyone = "";

    private const int Named = 3;

    private static string Of(string? group, IReadOnlyList<string> members)
    {
        var place = group is null ? "" : $" in {TaskWords.Of(group)}";
        return members.Count is > 0 and <= Named ? OneOf(members) + place : group is null ? "an approver" : $"somebody{place}";
    }

    private static string OneOf(IReadOnlyList<string> people) => people.Count == 1 ? people[0] : $"{string.Join(", ", people.Take(people.Count - 1))} or {people[^1]}";
}
