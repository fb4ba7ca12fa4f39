using System.Collections.Concurrent;
using FlowApps.Domain.Executions;

namespace FlowApps.Runtime.Executions;

/// <summary>Delivers errands to mailboxes. Everything that can happen to an execution comes through here or begins it.</summary>
internal sealed class ExecutionPost
{
    private readonly ConcurrentDictionary<string, Mailbox> mailboxes = new(StringComparer.Ordinal);

    /// <summary>Takes one turn with the errands of one execution; never throws. Set once by the handler.</summary>
    public Func<string, List<Errand>, Task> Turn { get; set; } = (_, _) => throw new InvalidOperationException("The handler has not started.");

    /// <summary>How many executions have something to do right now.</summary>
    public int Busy => mailboxes.Count;

    public void Post(string executionId, Errand errand)
    {
        while (!mailboxes.GetOrAdd(executionId, static (id, self) => new Mailbox(id, self.Turn, self.Close), this).TryPost(errand)) Thread.Yield();
    }

    /// <summary>Posts and completes when the effect is durable. Errors: the refusal.</summary>
    public Task<Execution> AskAsync(string executionId, Errand errand)
    {
        var answer = new TaskCompletionSource<Execution>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(executionId, errand with { Answer = answer });
        return answer.Task;
    }

    private void Close(Mailbox mailbox) => mailboxes.TryRemove(KeyValuePair.Create(mailbox.ExecutionId, mailbox));
}
