using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Notifications;
using FlowApps.Engine.Executions;
using FlowApps.Runtime.Executions;

namespace FlowApps.Runtime.Notifications;

/// <summary>Which effects of a decision people are told of. A run that nobody asked for and that asks nobody tells nobody.</summary>
internal static class Causes
{
    private const string AppLabel = "system.app";
    private const string Stopped = "stopped";

    public static Notice? Of(Subject subject, Effect effect, DateTimeOffset at, Func<string> newId)
    {
        if (subject.Now.Kind is ExecutionKind.Test or ExecutionKind.Playground) return null;
        return effect switch
        {
            OpenWait open => New(NoticeKind.Asked) with { Wait = open.Wait },
            ChangeWait { Because: ApprovalReminded } change => New(NoticeKind.Reminded) with { Wait = change.Wait },
            ChangeWait { Because: ApprovalEscalated or WaitReassigned } change => New(NoticeKind.Escalated) with { Wait = change.Wait },
            ChangeWait { Because: ChangesAsked } change => New(NoticeKind.ChangesAsked) with { Wait = change.Wait },
            ChangeWait { Because: RemarkMade } change => New(NoticeKind.Remarked) with { Wait = change.Wait },
            ChangeWait { Because: AnswersEdited } change => New(NoticeKind.Asked) with { Wait = change.Wait },
            CloseWait { Decision: var decision } => New(decision is { Outcome: Stopped, By: null } ? NoticeKind.Withdrawn : NoticeKind.Decided) with { Wait = Wait(decision) },
            StateChanged { To: State.Success or State.Warning } when IsAwaited() => New(NoticeKind.Finished),
            StateChanged { To: State.Failed } when IsAwaited() => New(NoticeKind.Failed),
            _ => null,
        };

        Notice New(NoticeKind kind) => new(newId(), kind, at, subject.Id, subject.Now.Flow) { Requester = subject.Now.CreatedBy, FromApp = IsFromApp() };

        Wait Wait(WaitDecision decision) => new()
        {
            ExecutionId = subject.Id,
            TaskRunId = decision.TaskRunId,
            TaskId = subject.Now.TaskRuns.Find(decision.TaskRunId)?.TaskId ?? "",
            Namespace = subject.Now.Namespace,
            FlowId = subject.Now.FlowId,
            Since = at,
            Requester = subject.Now.CreatedBy,
            Decision = decision,
        };

        bool IsFromApp() => subject.Now.Labels.Any(label => label.Key == AppLabel);

        // Somebody filled a form and wants to know. A subflow carries its parent's labels, but nobody asked for it.
        bool IsAwaited() => subject.Now.CreatedBy is not null && subject.Now.Trigger is null && IsFromApp();
    }
}
