using FlowApps.Domain.Executions;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Runtime.News;
using FlowApps.Runtime.Timers;
using FlowApps.Runtime.Triggers;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Executions;

/// <summary>What a durable turn sets in motion: memory, news, workers, timers, letters, freed slots. All of it can be lost in a crash; the rows bring it back.</summary>
internal sealed class Aftermath(ExecutionReader reader, ExecutionFeed feed, WorkPool pool, TimerPump timers, ExecutionPost post, SlotQueue queue, TriggerLocks locks, INoticeBell bell)
{
    public void Follow(Turn turn)
    {
        foreach (var subject in turn.Subjects)
        {
            if (subject.Events.Count == 0) continue;
            var after = subject.After();
            reader.Offer(after);
            feed.Publish(after);
        }
        var draft = turn.Draft;
        if (draft.Logs is { } lines) feed.Publish(lines);
        if (turn.Interrupted.Count > 0) pool.Cancel(turn.Interrupted);
        Fault.Point("after-commit-before-handover");
        if (draft.Work is { } work) pool.Give(work);
        if (draft.Timers is { } set) timers.Arm(set);
        Fault.Point("handed-over-before-letters");
        if (draft.Letters is { } letters)
        {
            Fault.Point("letters-before-post");
            foreach (var letter in letters) post.Post(letter.ExecutionId, new Errand(letter.Command) { LetterId = letter.Id });
        }
        if (draft.Notices is not null) bell.Ring();
        Fault.Point("letters-before-ends");
        foreach (var (subject, change) in turn.Changes)
        {
            if (SlotKeeper.Frees(change.From, change.To) && subject.Flow.Concurrency is not null) queue.Offer(subject.Flow.Key);
            if (change.To.IsTerminal && subject.Now.Trigger is { } trigger && Follows(subject, trigger)) locks.Ended(subject.Now);
        }
    }

    /// <summary>An execution of its flow's own trigger, which waits for its end, or may stop after it. One that ended as it began has moved the row of a due trigger itself.</summary>
    private static bool Follows(Subject subject, ExecutionTrigger trigger) => subject.Flow.Triggers.FirstOrDefault(own => own.Id == trigger.Id) switch
    {
        null => false,
        IScheduled or PollingTrigger => subject.Before is not null,
        { } called => called.StopAfter.Count > 0,
    };
}
