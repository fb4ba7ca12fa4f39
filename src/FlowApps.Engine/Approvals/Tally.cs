using FlowApps.Domain.Approvals;

namespace FlowApps.Engine.Approvals;

/// <summary>How far a stage is: who of the <c>Quorum</c> has approved.</summary>
public sealed record StageProgress(ApprovalStage Stage, IReadOnlyList<Vote> Approvals)
{
    public bool IsComplete => Approvals.Count >= Stage.Quorum;
}

/// <summary>Counts the votes of the current round. Pure; the order in which people decide within a step never matters.</summary>
public static class Tally
{
    /// <summary>Every stage in order of its step, with the approvals that count for it. A person counts once in a question, wherever they are needed most.</summary>
    public static IReadOnlyList<StageProgress> Of(Wait wait) =>
        [.. wait.Policy.Stages.GroupBy(stage => stage.Step).OrderBy(step => step.Key).SelectMany(step => Match([.. step], Approvals(wait, step.Key)))];

    /// <summary>
    /// Stages of the step that decides now in which one more approval would help; none when everything is approved. A stage that has enough helps too while one of its
    /// approvals could count for another.
    /// </summary>
    public static IReadOnlyList<ApprovalStage> Wanted(Wait wait)
    {
        if (Of(wait).FirstOrDefault(stage => !stage.IsComplete)?.Stage.Step is not { } step) return [];
        var stages = wait.Policy.Stages.Where(stage => stage.Step == step).ToList();
        var votes = Approvals(wait, step);
        var counted = Match(stages, votes).Sum(stage => stage.Approvals.Count);
        return [.. stages.Where(stage => Match(stages, [.. votes, OneMore(stage)]).Sum(with => with.Approvals.Count) > counted)];
    }

    /// <summary>Rejected by as many as it would take to approve a stage.</summary>
    public static bool IsRejected(Wait wait)
    {
        var votes = wait.Votes.Where(vote => vote.Round == wait.Round && vote.Kind == OutcomeKind.Reject).ToList();
        return votes.Count > 0 && (wait.Policy.Veto || wait.Policy.Stages.Any(stage => votes.Count(vote => vote.Stages.Contains(stage.Id)) >= stage.Quorum));
    }

    private static Vote OneMore(ApprovalStage stage) => new(new Ballot { Id = "", Outcome = "" }, OutcomeKind.Approve, DateTimeOffset.MaxValue, 0, stage.Step, [stage.Id]);

    private static List<Vote> Approvals(Wait wait, int step) =>
        [.. wait.Votes.Where(vote => vote.Round == wait.Round && vote.Step == step && vote.Kind == OutcomeKind.Approve)];

    /// <summary>The most votes that find a place (augmenting paths): nobody is counted for one stage who is needed for another.</summary>
    private static IEnumerable<StageProgress> Match(List<ApprovalStage> stages, List<Vote> votes)
    {
        var places = stages.SelectMany(stage => Enumerable.Repeat(stage, Math.Min(stage.Quorum, votes.Count))).ToList();
        var taken = new Vote?[places.Count];
        foreach (var vote in votes) TryPlace(vote, new bool[places.Count]);
        return stages.Select(stage => new StageProgress(stage, [.. taken.Where((vote, place) => vote is not null && places[place] == stage).OfType<Vote>().OrderBy(vote => vote.At)]));

        bool TryPlace(Vote vote, bool[] tried)
        {
            for (var place = 0; place < places.Count; place++)
            {
                if (tried[place] || !vote.Stages.Contains(places[place].Id)) continue;
                tried[place] = true;
                if (taken[place] is { } other && !TryPlace(other, tried)) continue;
                taken[place] = vote;
                return true;
            }
            return false;
        }
    }
}
