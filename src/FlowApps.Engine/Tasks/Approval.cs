using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Inputs;
using FlowApps.Domain.Plugins;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Approvals;
using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>
/// Asks people for a decision and stops until their policy has an outcome: who has to approve, in which order, how many of them, until when, who is asked when they do not,
/// and which named outcomes there are. Outputs: <c>outcome</c>, <c>decisions</c>, <c>comments</c>, <c>fields</c> (answers of the outcomes' forms), <c>changes</c> (inputs that were changed).
/// </summary>
[Plugin("core.flow.Approval", Icon = "checklist")]
public sealed record Approval : WaitingTask, IValidated
{
    private const string Fail = "FAIL";
    private const string Cancel = "CANCEL";
    private static readonly IReadOnlyList<OutcomeDefinition> Usual = [new() { Id = "approve" }, new() { Id = "reject" }];

    /// <summary>Who has to approve, in one line: <c>2 of finance and 1 of security then 1 of @ann or guest@partner.example</c>. An alternative to users, groups, quorum and stages.</summary>
    public string? Require { get; init; }

    /// <summary>User names, or e-mail addresses of guests without an account; expressions may give one or a list.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Groups of users; expressions may give one name or a list. Nobody named: everyone with the right to approve.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>How many of the users and groups have to approve.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>Several groups of people, each with its own quorum.</summary>
    public IReadOnlyList<StageDefinition> Stages { get; init; } = [];

    /// <summary>Whether the stages decide side by side or one after the other.</summary>
    public StageOrder Order { get; init; } = StageOrder.Together;

    /// <summary>One rejection decides. Otherwise a stage is rejected by as many as it takes to approve it.</summary>
    public bool Veto { get; init; } = true;

    /// <summary>Who decides nothing: the requester unless said otherwise.</summary>
    public Exclusion Exclude { get; init; } = new();

    /// <summary>The named ways to decide; approve and reject when absent.</summary>
    public IReadOnlyList<OutcomeDefinition> Outcomes { get; init; } = [];

    /// <summary>Inputs of the flow that an approver may change while deciding; whoever had approved before decides anew.</summary>
    public IReadOnlyList<string> Editable { get; init; } = [];

    /// <summary>How pressing it is: what is more so comes first in the inbox.</summary>
    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>What it is about in the flow's own unit, such as <c>{{ inputs.amount }}</c>: somebody's place can be given up to a limit.</summary>
    public Property<decimal>? Amount { get; init; }

    /// <summary>What people show once more when they decide: PASSWORD, or NONE.</summary>
    public Confirmation Confirm { get; init; }

    /// <summary>Until when a decision is wanted.</summary>
    public DueDefinition? Due { get; init; }

    /// <summary>When those who have not decided are reminded.</summary>
    public IReadOnlyList<Reminder> Reminders { get; init; } = [];

    /// <summary>Who is asked as well when nobody has decided, step by step.</summary>
    public IReadOnlyList<Escalation> Escalation { get; init; } = [];

    /// <summary>What happens when it is due and not decided: FAIL, CANCEL, or the id of an outcome. Nothing is approved by waiting unless this says so.</summary>
    public string OnTimeout { get; init; } = Fail;

    private IReadOnlyList<OutcomeDefinition> Ways => Outcomes.Count == 0 ? Usual : Outcomes;

    public override NextStep Next(FlowableView view) => NextStep.Done;

    public override IReadOnlyList<InputDefinition> FormOf(string outcome) => Ways.FirstOrDefault(way => way.Id == outcome)?.Inputs ?? [];

    public IEnumerable<Problem> Validate()
    {
        var people = Users.Count + Groups.Count > 0 || Quorum != 1;
        if ((Require is null ? 0 : 1) + (people ? 1 : 0) + (Stages.Count > 0 ? 1 : 0) > 1)
            yield return new Problem("two_policies", "Who decides is said twice", Require is null ? "stages" : "require", Suggestion: "Use `require`, or `stages`, or `users`, `groups` and `quorum`.");
        if (Require is not null && Unreadable(Require) is { } wrong) yield return new Problem("invalid_require", wrong, "require");
        foreach (var (stage, i) in Stages.Append(new StageDefinition { Users = Users, Groups = Groups, Quorum = Quorum }).Select((stage, i) => (stage, i)))
        {
            var at = i < Stages.Count ? $"stages[{i}].quorum" : "quorum";
            if (stage.Quorum < 1) yield return new Problem("wrong_value", "must be greater than or equal to 1", at);
            if (stage is { Groups.Count: 0, Users.Count: > 0 } && stage.Quorum > stage.Users.Count && stage.Users.All(user => !user.Contains('{', StringComparison.Ordinal)))
                yield return new Problem("unreachable_quorum", $"{stage.Quorum} of {stage.Users.Count} people can never approve", at, Suggestion: "Name more people or groups, or ask for fewer.");
        }
        foreach (var problem in CheckOutcomes()) yield return problem;
        foreach (var (at, after, before) in Reminders.Select((reminder, i) => ($"reminders[{i}]", reminder.After, reminder.Before)).Concat(Escalation.Select((step, i) => ($"escalation[{i}]", step.After, step.Before))))
        {
            if (after is null == before is null) yield return new Problem("wrong_value", "either `after` or `before` is expected", at, Suggestion: "`after: PT8H` counts from the asking, `before: PT2H` from the due date.");
            if (before is not null && Due is null) yield return new Problem("missing_field", "`before` needs a due date", $"{at}.before", Suggestion: "Give `due`, or use `after`.");
        }
        foreach (var (step, i) in Escalation.Select((step, i) => (step, i)))
            if (step.Users.Count + step.Groups.Count == 0) yield return new Problem("missing_field", "nobody is named", $"escalation[{i}]", Suggestion: "Give `users` or `groups`.");
        if (Confirm == Confirmation.Password && Asked.FirstOrDefault(Guest.IsAddress) is { } guest)
            yield return new Problem("guest_without_password", $"{guest} is a guest and has no password to show", "confirm", Suggestion: "Leave `confirm` out, or name somebody with an account.");
        if (Due is not null && Due.Within is null == Due.At is null) yield return new Problem("wrong_value", "either `within` or `at` is expected", "due");
        if (Due?.Calendar is { } calendar && (calendar.From >= calendar.To || calendar.Days.Count == 0)) yield return new Problem("wrong_value", "the working day has no hours", "due.calendar", Suggestion: "`from` has to be before `to`, and `days` must not be empty.");
    }

    protected override Wait Address(FlowableView view, Wait wait)
    {
        var stages = StagesOf(view);
        var due = DueAt(view);
        return WaitFolding.Apply(null, new WaitOpened(view.Now, wait.TaskRunId, wait with
        {
            Due = Timeout is not null && view.Now + view.Render.Property(Timeout) is var end && (due is null || end < due) ? end : due,
            Policy = new ApprovalPolicy
            {
                Stages = stages,
                Outcomes = [.. Ways.Select(way => way.ToOutcome(view.Render.TextOrRaw(way.Label)))],
                Veto = Veto,
                ExcludeRequester = Exclude.Requester,
                ExcludeEditor = Exclude.Editor,
                Excluded = Names(view, Exclude.Users),
                Editable = Editable,
                Confirm = Confirm,
            },
            Urgency = Urgency,
            Amount = AmountOf(view.Render),
        }));
    }

    internal override IEnumerable<Effect> Timers(FlowableView view, Wait wait)
    {
        if (wait.Due is { } due) yield return new SetTimer(due, new TimerRang(Timeout is not null && view.Now + view.Render.Property(Timeout) == due ? "timeout" : "due", wait.TaskRunId, null));
        foreach (var step in Ladder.Of(this, wait)) yield return new SetTimer(step.At, new TimerRang(step.Purpose, wait.TaskRunId, wait.Round, step.Detail));
    }

    /// <summary>Null: not said.</summary>
    internal decimal? AmountOf(Rendering render) => Amount is null ? null : render.Property(Amount);

    /// <summary>When a round that begins now is due.</summary>
    internal DateTimeOffset? DueAt(FlowableView view) => Due switch
    {
        null => null,
        { At: { } at } => view.Render.Property(at),
        _ => BusinessTime.Add(view.Now, view.Render.Property(Due.Within), Due.Calendar),
    };

    /// <summary>Nobody decided in time.</summary>
    internal void WhenDue(Turn turn, TaskRun run, Wait wait)
    {
        if (wait.Policy.Outcome(OnTimeout) is { } outcome) Questions.Close(turn, run, wait, outcome, null);
        else Waits.Over(turn, run, OnTimeout == Cancel ? PauseBehavior.Cancel : PauseBehavior.Fail);
    }

    /// <summary>Everybody who is named as text.</summary>
    private IEnumerable<string> Asked => Users.Concat(Stages.SelectMany(stage => stage.Users)).Concat(Escalation.SelectMany(step => step.Users)).Concat(Require?.Split((char[]?)[' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? []);

    private IReadOnlyList<ApprovalStage> StagesOf(FlowableView view)
    {
        if (Require is not null) return QuorumText.Read(view.Render.Text(Require)!);
        var stages = new List<ApprovalStage>();
        foreach (var stage in Stages.Count > 0 ? Stages : [new StageDefinition { Users = Users, Groups = Groups, Quorum = Quorum }])
        {
            var (users, groups) = (Names(view, stage.Users), Names(view, stage.Groups));
            if (stage.Users.Count + stage.Groups.Count > 0 && users.Count + groups.Count == 0) throw new FormatException($"Nobody is asked: {string.Join(", ", stage.Users.Concat(stage.Groups))} gives no name.");
            stages.Add(new ApprovalStage { Id = stage.Id ?? QuorumText.Name([.. groups, .. users], stages), Users = users, Groups = groups, Quorum = stage.Quorum, Step = Order == StageOrder.InOrder ? stages.Count : 0 });
        }
        return stages;
    }

    private IEnumerable<Problem> CheckOutcomes()
    {
        foreach (var (way, i) in Outcomes.Select((way, i) => (way, i)))
        {
            if (Outcomes.Take(i).Any(other => other.Id == way.Id)) yield return new Problem("duplicate_id", $"Duplicate outcome `{way.Id}`", $"outcomes[{i}].id");
            if (way.Id is Fail or Cancel) yield return new Problem("invalid_id", $"`{way.Id}` is no name for an outcome: `onTimeout` means something else by it", $"outcomes[{i}].id");
        }
        if (Ways.All(way => way.Meaning is not (OutcomeKind.Approve or OutcomeKind.Close)))
            yield return new Problem("no_way_on", "No outcome approves: the flow could never go on", "outcomes", Suggestion: "Add `- approve`, or give one of them `kind: APPROVE`.");
        if (OnTimeout is Fail or Cancel) yield break;
        if (Ways.FirstOrDefault(way => way.Id == OnTimeout) is not { Meaning: not OutcomeKind.Changes })
            yield return new Problem("unknown_outcome", $"There is no outcome `{OnTimeout}` that can end the question", "onTimeout", Suggestion: $"FAIL, CANCEL, or one of {string.Join(", ", Ways.Where(way => way.Meaning != OutcomeKind.Changes).Select(way => way.Id))}.");
        else if (Due is null) yield return new Problem("missing_field", "`onTimeout` needs a due date", "onTimeout", Suggestion: "Give `due`.");
    }

    private static string? Unreadable(string text)
    {
        if (text.Contains('{', StringComparison.Ordinal)) return null;
        try
        {
            _ = QuorumText.Read(text);
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
