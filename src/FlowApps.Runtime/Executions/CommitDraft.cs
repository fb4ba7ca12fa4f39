using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Notifications;
using FlowApps.Domain.Triggers;
using FlowApps.Domain.Values;
using Timer = FlowApps.Domain.Executions.Timer;

namespace FlowApps.Runtime.Executions;

/// <summary>Collects what one commit will hold. Lists are made when first needed: most commits use two or three.</summary>
internal sealed class CommitDraft
{
    public List<WorkItem>? Work { get; private set; }
    public List<(string Id, int Epoch)>? Finished { get; private set; }
    public List<string>? Cancelled { get; private set; }
    public List<Timer>? Timers { get; private set; }
    public List<string>? RungTimers { get; private set; }
    public List<Letter>? Letters { get; private set; }
    public List<string>? ReadLetters { get; private set; }
    public List<Wait>? Opened { get; private set; }
    public List<WaitDecision>? Decided { get; private set; }
    public List<LogEntry>? Logs { get; private set; }
    public List<MetricEntry>? Metrics { get; private set; }
    public List<InboxEntry>? Inbox { get; private set; }
    public List<(TriggerState, long)>? Triggers { get; private set; }
    public List<DocumentWrite>? Documents { get; private set; }
    public List<Notice>? Notices { get; private set; }

    public bool IsEmpty => this is { Work: null, Finished: null, Cancelled: null, Timers: null, RungTimers: null, Letters: null, ReadLetters: null, Opened: null, Decided: null, Logs: null, Metrics: null, Inbox: null, Triggers: null, Documents: null, Notices: null };

    public void Add(WorkItem item) => (Work ??= []).Add(item);

    public void Finish((string, int) item) => (Finished ??= []).Add(item);

    /// <summary>Work added by this very commit is not written at all.</summary>
    public void Cancel(IReadOnlyList<string> taskRunIds)
    {
        Work?.RemoveAll(item => taskRunIds.Contains(item.TaskRunId));
        (Cancelled ??= []).AddRange(taskRunIds);
    }

    public void Add(Timer timer) => (Timers ??= []).Add(timer);

    public void RemoveTimer(string id) => (RungTimers ??= []).Add(id);

    public void Add(Letter letter) => (Letters ??= []).Add(letter);

    public void RemoveLetter(string id) => (ReadLetters ??= []).Add(id);

    /// <summary>A question as it is now: what this commit would have written of it before is replaced.</summary>
    public void Open(Wait wait)
    {
        Opened?.RemoveAll(earlier => earlier.ExecutionId == wait.ExecutionId && earlier.TaskRunId == wait.TaskRunId);
        Decided?.RemoveAll(earlier => earlier.ExecutionId == wait.ExecutionId && earlier.TaskRunId == wait.TaskRunId);
        (Opened ??= []).Add(wait);
    }

    public void Close(WaitDecision decision) => (Decided ??= []).Add(decision);

    public void Add(Notice notice) => (Notices ??= []).Add(notice);

    public void Add(LogEntry line) => (Logs ??= []).Add(line);

    public void Add(IReadOnlyList<LogEntry> lines)
    {
        if (lines.Count > 0) (Logs ??= []).AddRange(lines);
    }

    public void Add(IReadOnlyList<MetricEntry> metrics)
    {
        if (metrics.Count > 0) (Metrics ??= []).AddRange(metrics);
    }

    public void Add(InboxEntry entry) => (Inbox ??= []).Add(entry);

    public void Move(TriggerState state, long expectedVersion) => (Triggers ??= []).Add((state, expectedVersion));

    /// <summary>A document that this commit writes already.</summary>
    public DocumentWrite? FindDocument(string kind, string id) => Documents?.Find(write => write.Kind == kind && write.Id == id);

    /// <summary>Writes a document; what this commit would have written before is replaced.</summary>
    public void Put(DocumentWrite write)
    {
        Documents?.RemoveAll(earlier => earlier.Kind == write.Kind && earlier.Id == write.Id);
        (Documents ??= []).Add(write);
    }

    public Commit ToCommit(IReadOnlyList<StreamAppend> appends) => new()
    {
        Appends = appends,
        AddWork = Work ?? (IReadOnlyList<WorkItem>)[],
        FinishWork = Finished ?? (IReadOnlyList<(string, int)>)[],
        CancelWork = Cancelled ?? (IReadOnlyList<string>)[],
        AddTimers = Timers ?? (IReadOnlyList<Timer>)[],
        RemoveTimers = RungTimers ?? (IReadOnlyList<string>)[],
        AddLetters = Letters ?? (IReadOnlyList<Letter>)[],
        RemoveLetters = ReadLetters ?? (IReadOnlyList<string>)[],
        OpenWaits = Opened ?? (IReadOnlyList<Wait>)[],
        CloseWaits = Decided ?? (IReadOnlyList<WaitDecision>)[],
        Logs = Logs ?? (IReadOnlyList<LogEntry>)[],
        Metrics = Metrics ?? (IReadOnlyList<MetricEntry>)[],
        Inbox = Inbox ?? (IReadOnlyList<InboxEntry>)[],
        Triggers = Triggers ?? (IReadOnlyList<(TriggerState, long)>)[],
        Documents = Documents ?? (IReadOnlyList<DocumentWrite>)[],
        Notices = Notices ?? (IReadOnlyList<Notice>)[],
    };
}
