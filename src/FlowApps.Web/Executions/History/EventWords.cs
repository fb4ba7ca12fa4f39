using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Web.Look;

namespace FlowApps.Web.Executions.History;

/// <summary>An event of an execution's journal in words: what, to whom, with which shape.</summary>
public sealed record EventWords(int Number, ExecutionEvent Event, string What, string Whom, Silhouette Shape, bool IsStateChange)
{
    /// <summary>Numbered from 1; task runs are called by their task, as known at that moment.</summary>
    public static IReadOnlyList<EventWords> Of(IReadOnlyList<ExecutionEvent> events)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        return events.Select((e, i) => Word(i + 1, e, names)).ToList();
    }

    private static EventWords Word(int number, ExecutionEvent e, Dictionary<string, string> names)
    {
        if (e is TaskRunCreated created) names[created.TaskRunId] = created.Value is null ? created.TaskId : $"{created.TaskId} {created.Value}";
        if (e is ExecutionCreated kept)
            foreach (var run in kept.Execution.TaskRuns) names[run.Id] = run.TaskId;
        var (what, whom, shape, isState) = e switch
        {
            ExecutionCreated begun => ("Created", begun.Execution.FlowId, Silhouette.Created, true),
            ExecutionStateChanged changed => (changed.State.DeveloperWord(), changed.By ?? changed.Error ?? "execution", changed.State.Silhouette(), true),
            LabelsChanged labels => ("Labels changed", labels.By ?? "", Silhouette.Skipped, false),
            VariablesChanged variables => ("Variables changed", string.Join(", ", variables.Changed), Silhouette.Skipped, false),
            OutputsSet => ("Outputs made", "execution", Silhouette.Skipped, false),
            AnswersRecorded answers => ("Looked up", Name(answers.TaskRunId), Silhouette.Skipped, false),
            BreakpointsChanged breakpoints => ("Breakpoints changed", string.Join(", ", breakpoints.Breakpoints), Silhouette.Breakpoint, false),
            TaskRunCreated task => (task.State == State.Skipped ? "Skipped" : "Task created", names[task.TaskRunId], task.State.Silhouette(), false),
            TaskRunEntered entered => ("Task entered", Name(entered.TaskRunId), Silhouette.Running, false),
            TaskRunStateChanged task => ($"Task {task.State.DeveloperWord().ToLowerInvariant()}", Name(task.TaskRunId), task.State.Silhouette(), task.State.IsTerminal || task.State == State.Paused),
            AttemptStarted attempt => ("Try began", Name(attempt.TaskRunId), Silhouette.Running, false),
            AttemptEnded attempt => ($"Try ended, {attempt.State.DeveloperWord().ToLowerInvariant()}", Name(attempt.TaskRunId), attempt.State.Silhouette(), true),
            ChildExecutionStarted child => ("Subflow started", Name(child.TaskRunId), Silhouette.Running, false),
            ChildExecutionChanged child => ("Subflow changed", Name(child.TaskRunId), child.State.Silhouette(), false),
            WaitAnswered answer => ($"Answered: {answer.Outcome}", answer.By ?? Name(answer.TaskRunId), Silhouette.Waiting, true),
            WaitOpened opened => ("Asked", string.Join(", ", opened.Wait.Groups.Concat(opened.Wait.Users).DefaultIfEmpty(Name(opened.TaskRunId))), Silhouette.Waiting, false),
            BallotHeld held => ($"Decided, can be taken back: {held.Ballot.Outcome}", held.Ballot.By ?? "", Silhouette.Waiting, false),
            BallotWithdrawn back => ("Taken back", back.By ?? Name(back.TaskRunId), Silhouette.Skipped, false),
            VoteCast cast => ($"Decided: {cast.Vote.Ballot.Outcome}", cast.Vote.Ballot.By ?? "", Silhouette.Waiting, true),
            ChangesAsked asked => ("Changes asked", asked.Request.By ?? "", Silhouette.Changes, true),
            AnswersEdited edited => ($"Answers changed: {string.Join(", ", edited.Edit.Fields.Select(field => field.Id))}", edited.Edit.By ?? "", Silhouette.Skipped, true),
            WaitClaimed claimed => ("Taken on", claimed.By, Silhouette.Waiting, false),
            WaitReleased released => ("Let go", released.By ?? "", Silhouette.Waiting, false),
            WaitReassigned handed => ($"Handed to {handed.To}", handed.By, Silhouette.Waiting, false),
            ApprovalReminded reminded => ("Reminded", string.Join(", ", reminded.Groups.Concat(reminded.Users).DefaultIfEmpty(Name(reminded.TaskRunId))), Silhouette.Waiting, false),
            ApprovalEscalated escalated => ("Asked as well", string.Join(", ", escalated.Groups.Concat(escalated.Users)), Silhouette.Warning, false),
            TaskRunsRemoved removed => ("Task runs removed", $"{removed.TaskRunIds.Count}", Silhouette.Skipped, false),
            _ => (e.GetType().Name, "", Silhouette.Created, false),
        };
        return new EventWords(number, e, what, whom, shape, isState);

        string Name(string? run) => run is null ? "execution" : names.GetValueOrDefault(run, run);
    }
}
