using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Engine.Approvals;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Engine.Executions;

/// <summary>A rung: when what happens. <c>Detail</c> is its number among its kind.</summary>
internal sealed record Rung(DateTimeOffset At, string Purpose, string Detail);

/// <summary>What happens while nobody decides: reminders, then others who are asked.</summary>
internal static class Ladder
{
    private const string Remind = "remind";
    private const string Escalate = "escalate";

    /// <summary>The rungs of this round, in order.</summary>
    public static IReadOnlyList<Rung> Of(Approval approval, Wait wait) =>
    [
        .. approval.Reminders.Select((reminder, i) => At(approval, wait, Remind, reminder.After, reminder.Before, i))
            .Concat(approval.Escalation.Select((step, i) => At(approval, wait, Escalate, step.After, step.Before, i)))
            .OfType<Rung>().OrderBy(rung => rung.At),
    ];

    public static void Ring(Turn turn, TaskNode node, TaskRun run, TimerRang timer)
    {
        if (run.State.Current != State.Paused || node.Task is not Approval approval || run.Wait is not { Changes: null } wait || wait.Round != timer.Attempt) return;
        // A timer of an earlier asking rings too soon for this one.
        if (Of(approval, wait).FirstOrDefault(rung => rung.Purpose == timer.Purpose && rung.Detail == timer.Detail) is not { } rung || rung.At > turn.Now) return;
        if (timer.Purpose == Remind) Questions.Note(turn, new ApprovalReminded(turn.Now, run.Id, wait.Users, wait.Groups));
        else
        {
            var step = approval.Escalation[int.Parse(rung.Detail, System.Globalization.CultureInfo.InvariantCulture)];
            var view = new FlowableView(turn, node, run, null);
            Questions.Note(turn, new ApprovalEscalated(turn.Now, run.Id, WaitingTask.Names(view, step.Users), WaitingTask.Names(view, step.Groups), step.Instead));
        }
    }

    /// <summary>Null: it would be before the question was asked.</summary>
    private static Rung? At(Approval approval, Wait wait, string purpose, TimeSpan? after, TimeSpan? before, int number)
    {
        var (since, calendar) = (wait.RoundSince ?? wait.Since, approval.Due?.Calendar);
        var at = before is { } ahead ? wait.Due is { } due ? BusinessTime.Before(due, ahead, calendar) : since : BusinessTime.Add(since, after ?? TimeSpan.Zero, calendar);
        return at > since ? new Rung(at, purpose, number.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
    }
}
