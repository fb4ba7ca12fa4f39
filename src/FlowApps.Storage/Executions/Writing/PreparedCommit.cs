using System.Text;
using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Storage.Databases;

namespace FlowApps.Storage.Executions.Writing;

/// <summary>A commit with its documents already written as bytes, on the thread that asked, so that the one writer only copies.</summary>
internal sealed class PreparedCommit
{
    private readonly TaskCompletionSource<CommitOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PreparedCommit(Commit commit, long queuedAt)
    {
        if (commit.Appends.FirstOrDefault(append => append.Events.Count == 0) is { } empty)
            throw new ArgumentException($"An append to execution {empty.ExecutionId} has no events.", nameof(commit));
        (Commit, QueuedAt) = (commit, queuedAt);
        Events = Bytes(commit.Appends, append => Packed.Json(append.Events));
        Snapshots = Bytes(commit.Appends, append => append.WriteSnapshot ? Packed.Json(append.State) : null);
        Inputs = Bytes(commit.Appends, append => ChangesInputs(append) ? Blob.Json(append.State.Inputs) : null);
        Timers = Bytes(commit.AddTimers, timer => Blob.Json(timer.Command));
        Letters = Bytes(commit.AddLetters, letter => Blob.Json(letter.Command));
        Waits = Bytes(commit.OpenWaits, Blob.Json);
        Decisions = Bytes(commit.CloseWaits, Blob.Json);
        Notices = Bytes(commit.Notices, Blob.Json);
        Triggers = Bytes(commit.Triggers, trigger => Blob.Json(trigger.State));
        Documents = Bytes(commit.Documents, document => document.Json is { } json ? Encoding.UTF8.GetBytes(json) : null);
        Size = Events.Sum(bytes => bytes!.Length) + Snapshots.Sum(bytes => bytes?.Length ?? 0) + Documents.Sum(bytes => bytes?.Length ?? 0) + commit.Logs.Sum(log => log.Message.Length);
    }

    public Commit Commit { get; }
    public long QueuedAt { get; }
    public byte[]?[] Events { get; }
    public byte[]?[] Snapshots { get; }
    public byte[]?[] Inputs { get; }
    public byte[]?[] Timers { get; }
    public byte[]?[] Letters { get; }
    public byte[]?[] Waits { get; }
    public byte[]?[] Decisions { get; }
    public byte[]?[] Notices { get; }
    public byte[]?[] Triggers { get; }
    public byte[]?[] Documents { get; }

    /// <summary>Roughly, in bytes.</summary>
    public long Size { get; }

    public Task<CommitOutcome> Outcome => outcome.Task;

    /// <summary>What this commit changes; two commits with a key in common never share a batch.</summary>
    public IEnumerable<(char Table, string Key)> Keys()
    {
        foreach (var append in Commit.Appends) yield return ('s', append.ExecutionId);
        foreach (var work in Commit.AddWork) yield return ('w', work.Id);
        foreach (var (id, _) in Commit.FinishWork) yield return ('w', id);
        foreach (var timer in Commit.AddTimers) yield return ('t', timer.Id);
        foreach (var id in Commit.RemoveTimers) yield return ('t', id);
        foreach (var letter in Commit.AddLetters) yield return ('l', letter.Id);
        foreach (var id in Commit.RemoveLetters) yield return ('l', id);
        foreach (var wait in Commit.OpenWaits) yield return ('a', wait.TaskRunId);
        foreach (var decision in Commit.CloseWaits) yield return ('a', decision.TaskRunId);
        foreach (var entry in Commit.Inbox) yield return ('i', entry.Key);
        foreach (var (state, _) in Commit.Triggers) yield return ('g', $"{state.Key.Namespace}\n{state.Key.FlowId}\n{state.Key.TriggerId}");
        foreach (var document in Commit.Documents) yield return ('d', $"{document.Kind}\n{document.Id}");
    }

    public void Complete(CommitOutcome result) => outcome.TrySetResult(result);

    public void Fail(Exception error) => outcome.TrySetException(error);

    /// <summary>Lists and searches read the answers as they are now: they begin with the execution, and requesters and approvers change them.</summary>
    private static bool ChangesInputs(StreamAppend append) =>
        append.ExpectedVersion == 0 ? append.State.Inputs.Count > 0 : append.Events.Any(e => e is AnswersEdited);

    private static byte[]?[] Bytes<T>(IReadOnlyList<T> items, Func<T, byte[]?> write)
    {
        if (items.Count == 0) return [];
        var bytes = new byte[]?[items.Count];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = write(items[i]);
        return bytes;
    }
}
