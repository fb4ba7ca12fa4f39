using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Engine.Approvals;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>What people do with a question: decide, take back, take on, hand on, change the answers.</summary>
internal static class Questions
{
    public static void Open(Turn turn, string runId, Wait wait)
    {
        turn.Emit(new WaitOpened(turn.Now, runId, wait));
        turn.Do(new OpenWait(turn.State.TaskRuns[runId].Wait!));
    }

    /// <summary>Something happened to a question: the inbox has it as it is now.</summary>
    public static void Note(Turn turn, WaitEvent e)
    {
        turn.Emit(e);
        turn.Do(new ChangeWait(turn.State.TaskRuns[e.TaskRunId].Wait!, e));
    }

    public static Decision? Accept(Turn turn, WaitCommand command)
    {
        if (turn.State.TaskRuns.Find(command.TaskRunId) is not { } run) return turn.Refused("not_found", "This execution has no such task run.");
        if (run.State.Current != State.Paused || turn.Map.Find(run.TaskId) is not { Task: WaitingTask task } node) return Waits.Late(turn, run);
        var state = turn.ExecutionState;
        if (state.IsTerminal || state == State.Killing) return Waits.NotPaused(turn);
        var wait = run.Wait ?? task.Ask(new FlowableView(turn, node, run, null));
        var problem = command switch
        {
            Decide c => Decide(turn, run, wait, c),
            WithdrawBallot c => Withdraw(turn, run, wait, c),
            SettleBallot c => Settle(turn, run, wait, c),
            MakeRemark c => Say(turn, run, wait, c),
            ClaimWait c => Claim(turn, run, wait, c),
            ReleaseWait c => Release(turn, run, wait, c),
            ReassignWait c => Reassign(turn, run, wait, c),
            EditAnswers c => Edit(turn, task, run, wait, c),
            _ => throw new InvalidOperationException($"No rule for {command.GetType().Name}."),
        };
        return problem is null ? null : turn.Refused(problem.Code, problem.Message);
    }

    /// <summary>The time in which a ballot could be taken back is over. What changed meanwhile can have made it void.</summary>
    public static void RingBallot(Turn turn, TaskRun run, string? ballotId)
    {
        if (run.State.Current != State.Paused || run.Wait is not { } wait || wait.Held.FirstOrDefault(held => held.Ballot.Id == ballotId) is not { } held || held.Until > turn.Now) return;
        Take(turn, run, wait, held.Ballot);
    }

    /// <summary>Ends the question. <paramref name="last"/>: the ballot that decided, null when time did.</summary>
    public static void Close(Turn turn, TaskRun run, Wait wait, ApprovalOutcome outcome, Ballot? last)
    {
        var (by, state) = (last?.By, turn.ExecutionState);
        switch (outcome.Then)
        {
            case OutcomeEnd.Cancel:
                Waits.Note(turn, run, Closing.Of(turn, run, wait, outcome, last, State.Cancelled), State.Cancelled);
                Ending.Now(turn, State.Cancelled, by);
                break;
            case OutcomeEnd.Fail:
                Resting.Wake(turn);
                Waits.Note(turn, run, Closing.Of(turn, run, wait, outcome, last, State.Failed), null);
                Outcomes.Fail(turn, run.Id, by is null ? $"Decided by time: {outcome.Label ?? outcome.Id}." : $"{outcome.Label ?? outcome.Id}, by {by}.", Closing.Of(turn, run, wait, outcome, last, State.Failed).Outputs);
                break;
            case OutcomeEnd.Continue:
                if (state == State.Paused) turn.Emit(new ExecutionStateChanged(turn.Now, State.Restarted, by));
                Waits.Note(turn, run, Closing.Of(turn, run, wait, outcome, last, State.Running), State.Running);
                if (state != State.Paused) turn.Plan(new Look(run.Id));
                else Starting.Run(turn);
                break;
        }
    }

    private static Problem? Decide(Turn turn, TaskRun run, Wait wait, Decide command)
    {
        var ballot = command.Ballot;
        if (wait.Policy.Outcome(ballot.Outcome) is not { } outcome)
            return new Problem("unknown_outcome", $"`{ballot.Outcome}` is not a way to decide this. One of: {string.Join(", ", wait.Policy.Outcomes.Select(known => known.Id))}.");
        if (WhyNot(wait, ballot, command.Editor) is { } reason) return reason;
        if (wait.Held.FirstOrDefault(held => held.Ballot.By != ballot.By && Settles(wait, held.Ballot)) is { } first) return new Problem("already_decided", $"{first.Ballot.By} was first and has just decided.");
        if (wait.Policy.Confirm != Confirmation.None && !ballot.Confirmed) return new Problem("not_confirmed", "Give your password once more: this decision asks for it.");
        if (outcome.Comment == CommentRule.Required && string.IsNullOrWhiteSpace(ballot.Comment) && ballot.Asks.Count == 0) return new Problem("comment_needed", "Say why. The person who asked reads it.");
        if (ballot.Changes.Keys.FirstOrDefault(id => !wait.Policy.Editable.Contains(id)) is { } fixedId) return new Problem("not_editable", $"`{fixedId}` cannot be changed while deciding.");
        if (ballot.Changes.Count > 0 && outcome.Kind != OutcomeKind.Approve) return new Problem("not_editable", "Answers can be changed only together with an approval.");
        if (outcome.Kind == OutcomeKind.Changes && wait.Requester is null) return new Problem("nobody_to_ask", "Nobody asked for this, so nobody can change it.");
        if (run.Wait is null) Open(turn, run.Id, wait);
        if (command.Hold is { } hold)
        {
            Note(turn, new BallotHeld(turn.Now, run.Id, ballot, turn.Now + hold, command.Evidence));
            turn.Do(new SetTimer(turn.Now + hold, new TimerRang("ballot", run.Id, null, ballot.Id)));
        }
        else Count(turn, run, wait, ballot, outcome, command.Evidence);
        return null;
    }

    private static Problem? WhyNot(Wait wait, Ballot ballot, string? editor)
    {
        if (ballot.Round is { } seen && seen != wait.Round) return new Problem("changed_meanwhile", "The answers have changed since you looked. Look again, then decide.");
        return ballot.By is null || ballot.Person is null ? new Problem(Standing.NotAsked, "People decide this, not programs.") : Standing.WhyNot(wait, ballot.By, ballot.Person, ballot.Groups, editor);
    }

    private static void Take(Turn turn, TaskRun run, Wait wait, Ballot ballot)
    {
        if (WhyNot(wait, ballot, null) is not null || wait.Policy.Outcome(ballot.Outcome) is not { } outcome)
            Note(turn, new BallotWithdrawn(turn.Now, run.Id, ballot.Id, null));
        else Count(turn, run, wait, ballot, outcome, null);
    }

    private static void Count(Turn turn, TaskRun run, Wait wait, Ballot ballot, ApprovalOutcome outcome, string? evidence)
    {
        // Asked of the round that was seen: who changes answers late has decided for when it comes to them again.
        var stages = Standing.Stages(wait, ballot.Person!, ballot.Groups);
        if (ballot.Changes.Count > 0) wait = Apply(turn, run, wait, ballot.By, ballot.Comment, With(turn.State.Inputs, ballot.Changes), wait.Due);
        Note(turn, new VoteCast(turn.Now, run.Id, new Vote(ballot, outcome.Kind, turn.Now, wait.Round, stages[0].Step, [.. stages.Select(stage => stage.Id)]), evidence));
        if (outcome.Kind == OutcomeKind.Changes) Note(turn, new ChangesAsked(turn.Now, run.Id, new ChangeRequest(ballot.By, turn.Now, ballot.Comment, ballot.Asks)));
        var (after, now) = (turn.State.TaskRuns[run.Id].Wait!, turn.State.TaskRuns[run.Id]);
        if (Ends(after, outcome)) Close(turn, now, after, outcome, ballot);
    }

    /// <summary>Nobody else is needed once this ballot counts.</summary>
    private static bool Settles(Wait wait, Ballot ballot)
    {
        if (wait.Policy.Outcome(ballot.Outcome) is not { } outcome || Standing.Stages(wait, ballot.Person!, ballot.Groups) is not { Count: > 0 } stages) return false;
        var after = WaitFolding.Apply(wait, new VoteCast(default, wait.TaskRunId, new Vote(ballot, outcome.Kind, default, wait.Round, stages[0].Step, [.. stages.Select(stage => stage.Id)])));
        return outcome.Kind == OutcomeKind.Changes || Ends(after, outcome);
    }

    private static bool Ends(Wait after, ApprovalOutcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Approve => Tally.Wanted(after).Count == 0,
        OutcomeKind.Reject => Tally.IsRejected(after),
        OutcomeKind.Close => true,
        _ => false,
    };

    private static Problem? Withdraw(Turn turn, TaskRun run, Wait wait, WithdrawBallot command)
    {
        if (wait.Held.FirstOrDefault(held => held.Ballot.Id == command.BallotId && held.Ballot.By == command.By) is not { } held) return new Problem("already_decided", "It is too late to take this back.");
        Note(turn, new BallotWithdrawn(turn.Now, run.Id, held.Ballot.Id, command.By));
        return null;
    }

    private static Problem? Settle(Turn turn, TaskRun run, Wait wait, SettleBallot command)
    {
        if (wait.Held.FirstOrDefault(held => held.Ballot.Id == command.BallotId && held.Ballot.By == command.By) is { } held) Take(turn, run, wait, held.Ballot);
        return null;
    }

    private static Problem? Say(Turn turn, TaskRun run, Wait wait, MakeRemark command)
    {
        if (!Standing.TakesPart(wait, command.By, command.Person, command.Groups)) return new Problem(Standing.NotAsked, "Only who asked and those who decide talk about this here.");
        if (string.IsNullOrWhiteSpace(command.Text) || command.Text.Length > Remark.Longest) return new Problem("wrong_remark", $"Write between one and {Remark.Longest} characters.");
        if (run.Wait is null) Open(turn, run.Id, wait);
        Note(turn, new RemarkMade(turn.Now, run.Id, new Remark(command.By, turn.Now, command.Text.Trim())));
        return null;
    }

    private static Problem? Claim(Turn turn, TaskRun run, Wait wait, ClaimWait command)
    {
        if (Standing.WhyNot(wait, command.By, command.By, command.Groups) is { } reason) return reason;
        if (wait.ClaimedBy == command.By) return null;
        if (wait.ClaimedBy is { } other) return new Problem("already_claimed", $"{other} has taken this on.");
        Note(turn, new WaitClaimed(turn.Now, run.Id, command.By));
        return null;
    }

    /// <summary>Also by a colleague who may decide: whoever took it on may be away.</summary>
    private static Problem? Release(Turn turn, TaskRun run, Wait wait, ReleaseWait command)
    {
        if (wait.ClaimedBy is null) return null;
        if (wait.ClaimedBy != command.By && Standing.WhyNot(wait, command.By, command.By, command.Groups) is { } reason) return reason;
        Note(turn, new WaitReleased(turn.Now, run.Id, command.By));
        return null;
    }

    private static Problem? Reassign(Turn turn, TaskRun run, Wait wait, ReassignWait command)
    {
        if (Standing.WhyNot(wait, command.By, command.By, command.Groups) is { } reason) return reason;
        if (command.To == command.By) return new Problem("same_person", "It is with you already.");
        if (wait.Policy.ExcludeRequester && command.To == wait.Requester) return new Problem("requester", "The person who asked cannot decide it.");
        if (wait.Votes.Any(vote => vote.Round == wait.Round && vote.Ballot.By == command.To)) return new Problem("already_voted", "They have decided already; it needs somebody else.");
        Note(turn, new WaitReassigned(turn.Now, run.Id, command.By, command.To, command.Comment));
        return null;
    }

    private static Problem? Edit(Turn turn, WaitingTask task, TaskRun run, Wait wait, EditAnswers command)
    {
        if (wait.Changes is null) return new Problem("not_asked", "Nobody asks for changes any more.");
        if (wait.Requester != command.By) return new Problem(Standing.NotAsked, "Only the person who asked can change the answers.");
        var view = new FlowableView(turn, turn.Map.Find(run.TaskId), run, null);
        var after = Apply(turn, run, wait, command.By, command.Comment, command.Inputs, (task as Approval)?.DueAt(view));
        foreach (var timer in task.Timers(view, after)) turn.Do(timer);
        return null;
    }

    private static Wait Apply(Turn turn, TaskRun run, Wait wait, string? by, string? comment, IReadOnlyDictionary<string, object?> inputs, DateTimeOffset? due)
    {
        var (task, render) = (turn.Map.Find(run.TaskId)?.Task, turn.RenderingFor(run).With("inputs", inputs));
        Note(turn, new AnswersEdited(turn.Now, run.Id, new AnswerEdit(wait.Round + 1, by, turn.Now, comment, Differences.Of(turn.State.Inputs, inputs)), inputs, due,
            render.TextOrRaw(task?.Description), AmountAfter(task as Approval, render)));
        return turn.State.TaskRuns[run.Id].Wait!;
    }

    /// <summary>New answers can leave no amount that can be read; then nobody with a limit may decide.</summary>
    private static decimal? AmountAfter(Approval? approval, Rendering render)
    {
        try
        {
            return approval?.AmountOf(render);
        }
        catch (Exception e) when (e is FormatException or Expressions.ExpressionException or OutsideAskedException)
        {
            return null;
        }
    }

    private static IReadOnlyDictionary<string, object?> With(IReadOnlyDictionary<string, object?> inputs, IReadOnlyDictionary<string, object?> changes)
    {
        var after = Domain.Values.Data.Map();
        foreach (var (id, value) in inputs) after[id] = value;
        foreach (var (id, value) in changes) after[id] = value;
        return after;
    }
}
