using FlowApps.Domain.Approvals;

namespace FlowApps.Engine.Approvals;

/// <summary>Folds what happens to a question into it. Total and pure.</summary>
public static class WaitFolding
{
    public static Wait Apply(Wait? wait, WaitEvent e) => Wanted((wait, e) switch
    {
        (_, WaitOpened opened) => opened.Wait,
        (null, _) => throw new InvalidOperationException($"A question begins with being asked, not with {e.GetType().Name}."),
        (_, BallotHeld c) => wait with { Held = [.. wait.Held.Where(held => held.Ballot.By != c.Ballot.By), new HeldBallot(c.Ballot, c.Until)] },
        (_, BallotWithdrawn c) => wait with { Held = Without(wait, c.BallotId) },
        (_, VoteCast c) => wait with { Votes = [.. wait.Votes, c.Vote], Held = Without(wait, c.Vote.Ballot.Id), ClaimedBy = wait.ClaimedBy == c.Vote.Ballot.By ? null : wait.ClaimedBy },
        (_, ChangesAsked c) => wait with { Changes = c.Request, Held = [] },
        (_, AnswersEdited c) => wait with { Round = c.Edit.Round, RoundSince = c.At, Edits = [.. wait.Edits, c.Edit], Due = c.Due, Title = c.Title ?? wait.Title, Amount = c.Amount, Changes = null, Held = [], RemindedAt = null },
        (_, RemarkMade c) => wait with { Remarks = [.. wait.Remarks, c.Remark] },
        (_, WaitClaimed c) => wait with { ClaimedBy = c.By },
        (_, WaitReleased) => wait with { ClaimedBy = null },
        (_, WaitReassigned c) => Reassign(wait, c),
        (_, ApprovalReminded c) => wait with { RemindedAt = c.At },
        (_, ApprovalEscalated c) => Escalate(wait, c) with { EscalatedAt = c.At },
        _ => throw new InvalidOperationException($"No rule for the event {e.GetType().Name}."),
    });

    private static List<HeldBallot> Without(Wait wait, string ballotId) => [.. wait.Held.Where(held => held.Ballot.Id != ballotId)];

    private static Wait Reassign(Wait wait, WaitReassigned c)
    {
        var changed = Change(wait, stage => stage.IsForEveryone ? stage with { Users = [c.To] } : stage with { Users = [.. stage.Users.Where(user => user != c.By && user != c.To), c.To] });
        return changed with
        {
            ClaimedBy = wait.ClaimedBy == c.By ? null : wait.ClaimedBy,
            Policy = changed.Policy with { Excluded = [.. wait.Policy.Excluded.Where(user => user != c.By && user != c.To), c.By] },
        };
    }

    private static Wait Escalate(Wait wait, ApprovalEscalated c) => Change(wait, stage => c.Instead ? stage with { Users = c.Users, Groups = c.Groups }
        : stage.IsForEveryone ? stage
        : stage with { Users = [.. stage.Users.Union(c.Users)], Groups = [.. stage.Groups.Union(c.Groups)] });

    /// <summary>Changes the stages that still want somebody.</summary>
    private static Wait Change(Wait wait, Func<ApprovalStage, ApprovalStage> change)
    {
        var wanted = Tally.Wanted(wait);
        return wait with { Policy = wait.Policy with { Stages = [.. wait.Policy.Stages.Select(stage => wanted.Contains(stage) ? change(stage) : stage)] } };
    }

    private static Wait Wanted(Wait wait)
    {
        var stages = Tally.Wanted(wait);
        var everyone = stages.Any(stage => stage.IsForEveryone);
        return wait with
        {
            Users = everyone ? [] : [.. stages.SelectMany(stage => stage.Users).Distinct()],
            Groups = everyone ? [] : [.. stages.SelectMany(stage => stage.Groups).Distinct()],
        };
    }
}
