using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using Microsoft.Extensions.Logging;
using LogLevel = FlowApps.Domain.Logs.LogLevel;

namespace FlowApps.Runtime.Executions;

/// <summary>
/// Executions of which this process found that what is stored of them is damaged. Each stands still until it can be read again, and costs the others nothing. It is said once: in the
/// server's log and among the execution's own lines, where people look for it.
/// </summary>
internal sealed class Quarantine(IExecutionStore store, TimeProvider clock, ILogger<Quarantine> logger)
{
    private readonly ConcurrentDictionary<string, RefusedException> held = new(StringComparer.Ordinal);

    public int Count => held.Count;

    public bool Holds(string executionId) => held.ContainsKey(executionId);

    /// <summary>An execution was found damaged for the first time.</summary>
    public event Action<Domain.Flows.FlowId> Added = _ => { };

    public void Put(string executionId, RefusedException why)
    {
        if (held.TryAdd(executionId, why)) _ = TellAsync(executionId, why);
    }

    /// <summary>It could be read.</summary>
    public void Release(string executionId)
    {
        if (!held.IsEmpty && held.TryRemove(executionId, out _)) logger.LogInformation("What is stored of execution {Execution} can be read again.", executionId);
    }

    private async Task TellAsync(string executionId, RefusedException why)
    {
        logger.LogError("Execution {Execution} is in quarantine. {Why}", executionId, why.Message);
        try
        {
            var found = await store.SearchAsync(new ExecutionQuery { Ids = [executionId], Tests = true }, new PageRequest(1, 1), CancellationToken.None);
            if (found.Results is not [var row]) return;
            Added(new Domain.Flows.FlowId(row.Namespace, row.FlowId));
            var line = new LogEntry { Namespace = row.Namespace, FlowId = row.FlowId, ExecutionId = executionId, Timestamp = clock.GetUtcNow(), Level = LogLevel.Error, Message = why.Message };
            await store.CommitAsync(new Commit { Logs = [line] }, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Execution {Execution} is in quarantine, which could not be written among its lines.", executionId);
        }
    }
}
