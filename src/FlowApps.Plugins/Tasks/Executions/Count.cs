using FlowApps.Domain.Executions;

namespace FlowApps.Plugins.Tasks.Executions;

/// <summary>Counts executions by flow or namespace and gives out those counts that meet a condition.</summary>
[Plugin("core.execution.Count", "io.kestra.core.tasks.executions.Counts", Icon = "hash")]
public sealed record Count : RunnableTask
{
    private static readonly PageRequest OnlyTotal = new(1, 1);

    /// <summary>The flows to look at.</summary>
    public IReadOnlyList<CountedFlow>? Flows { get; init; }

    /// <summary>The namespaces to look at, with those below them.</summary>
    public Property<IReadOnlyList<string>>? Namespaces { get; init; }

    /// <summary>The states that count; all when absent.</summary>
    public Property<IReadOnlyList<State>>? States { get; init; }

    /// <summary>Count executions that started from this moment on.</summary>
    public Property<DateTimeOffset>? StartDate { get; init; }

    /// <summary>Count executions that started before this moment.</summary>
    public Property<DateTimeOffset>? EndDate { get; init; }

    /// <summary>Which counts are given out; sees <c>count</c>.</summary>
    public required string Expression { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (results, total) = (new List<object?>(), 0L);
        foreach (var (ns, flowId) in Places(context))
        {
            var count = await CountAsync(context, ns, flowId, cancellation);
            if (!Truth.Of(context.Render(Expression, extra: Data.Map(("count", count))))) continue;
            results.Add(Data.Map(("namespace", ns), ("flowId", flowId), ("count", count)));
            total += count;
        }
        return TaskOutcome.Success(("results", results), ("total", total));
    }

    private IEnumerable<(string Namespace, string? FlowId)> Places(TaskContext context)
    {
        var places = (Flows ?? []).Select(flow => (context.Render(flow.Namespace) ?? "", context.Render(flow.FlowId)))
            .Concat((context.Render(Namespaces) ?? []).Select(ns => (ns, (string?)null))).ToList();
        return places.Count > 0 ? places : throw new TaskFailedException("Say what to count: `flows` or `namespaces`.");
    }

    private async Task<long> CountAsync(TaskContext context, string ns, string? flowId, CancellationToken cancellation)
    {
        var query = new ExecutionQuery
        {
            Namespace = ns,
            NamespacePrefix = flowId is null,
            FlowId = flowId,
            States = context.Render(States) ?? [],
            From = StartDate is null ? null : context.Render(StartDate),
            To = EndDate is null ? null : context.Render(EndDate),
        };
        return (await context.Port<IExecutionStore>().SearchAsync(query, OnlyTotal, cancellation)).Total;
    }
}
