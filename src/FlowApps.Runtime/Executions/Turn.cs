using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Tasks;
using FlowApps.Engine.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// One turn of one execution: decides its errands, runs quick tasks in place, starts children and triggered executions beside it, and collects everything into one
/// commit. Nothing outside the turn changes before the commit is durable.
/// </summary>
internal sealed partial class Turn(TurnTools tools, CancellationToken cancellation) : IDisposable
{
    /// <summary>Steps after which what is quick goes to the workers like everything else, so that one turn never holds up its readers for long.</summary>
    private const int MaxSteps = 2_000;

    /// <summary>How many executions may cause each other within one turn.</summary>
    public const int MaxDepth = 20;
    public const string ChangedMeanwhile = "changed_meanwhile";
    private Moment moment = new(tools.Clock.GetUtcNow(), tools.NewId);
    private readonly Queue<(Subject Subject, ExecutionCommand Command)> commands = new();
    private readonly Queue<(Subject Subject, RunTask Run)> runs = new();
    private readonly List<Subject> subjects = [];
    private IDisposable? slots;

    /// <summary>One answer for the whole turn: counting again would hold its commit to a later state of the slots than what was decided by the first count.</summary>
    private bool hasSlot;
    private int steps;

    public CommitDraft Draft { get; } = new();

    public IReadOnlyList<Subject> Subjects => subjects;

    /// <summary>Task runs whose work is to be interrupted once the commit is durable.</summary>
    public List<string> Interrupted { get; } = [];

    /// <summary>State changes, for what only acts after the commit.</summary>
    public List<(Subject Subject, StateChanged Change)> Changes { get; } = [];

    /// <summary>Begins a new execution with its first decision.</summary>
    public async ValueTask<(Subject Subject, Problem? Refusal)> BeginAsync(NewStart start)
    {
        var subject = new Subject(start.Flow, null);
        var refusal = await BeginAsync(subject, start);
        if (refusal is null) await SettleAsync();
        return (subject, refusal);
    }

    public void Join(Subject subject) => subjects.Add(subject);

    /// <summary>Decides one errand and everything that follows from it at once.</summary>
    public async ValueTask<Answered> DecideAsync(Subject subject, Errand errand)
    {
        if (errand.IfSlotFree && !await HasSlotAsync(subject, (await tools.Flows.FindAsync(subject.Now.Flow, null, cancellation))?.Concurrency)) return new Answered(errand, subject, null);
        var refusal = errand.ExpectedVersion is { } seen && seen != subject.Version ? Changed() : null;
        var decision = tools.Decider.Decide(subject.Flow, subject.Now, errand.Command, moment);
        refusal = decision.Refusal ?? refusal;
        if (errand.LetterId is { } letter) Draft.RemoveLetter(letter);
        if (errand.TimerId is { } timer) Draft.RemoveTimer(timer);
        if (errand.Work is { } work) Draft.Finish(work);
        if (refusal is not null) return new Answered(errand, subject, refusal);
        if (errand.IdempotencyKey is { } key) Draft.Add(new InboxEntry(key, subject.Id));
        Draft.Add(errand.Logs);
        Draft.Add(errand.Metrics);
        await TakeAsync(subject, decision);
        await SettleAsync();
        return new Answered(errand, subject, null);
    }

    public Commit ToCommit() => Draft.ToCommit([.. subjects.Where(subject => subject.Events.Count > 0).Select(subject => subject.ToAppend())]);

    public bool IsEmpty => Draft.IsEmpty && subjects.TrueForAll(subject => subject.Events.Count == 0);

    public void Dispose() => slots?.Dispose();

    private static Problem Changed() =>
        new(ChangedMeanwhile, "This changed while you looked at it. Look at it again, then decide.");

    /// <summary>Runs commands that decisions caused, then quick tasks, until nothing is left to do at once.</summary>
    private async ValueTask SettleAsync()
    {
        while (true)
        {
            if (commands.TryDequeue(out var next))
            {
                moment = moment with { Now = tools.Clock.GetUtcNow() };
                await TakeAsync(next.Subject, tools.Decider.Decide(next.Subject.Flow, next.Subject.Now, next.Command, moment));
            }
            else if (runs.TryDequeue(out var run))
            {
                await RunInPlaceAsync(run.Subject, run.Run);
            }
            else
            {
                return;
            }
        }
    }

    private async ValueTask RunInPlaceAsync(Subject subject, RunTask effect)
    {
        var run = subject.Now.TaskRuns.Find(effect.TaskRunId);
        if (run is null || run.State.Current.IsTerminal || tools.Indexes.Of(subject.Flow).Find(run.TaskId) is not RunnableTask task) return;
        var report = await tools.Attempts.RunAsync(task, subject.Flow, subject.Now, run, effect.Attempt, cancellation);
        Draft.Add(report.Logs);
        Draft.Add(report.Metrics);
        commands.Enqueue((subject, report.Report));
    }

    private async ValueTask<Problem?> TakeAsync(Subject subject, Decision decision)
    {
        if (decision.Refusal is { } refusal) return refusal;
        steps++;
        subject.Events.AddRange(decision.Events);
        subject.State = decision.State;
        foreach (var effect in decision.Effects) await ApplyAsync(subject, effect);
        return null;
    }
}
