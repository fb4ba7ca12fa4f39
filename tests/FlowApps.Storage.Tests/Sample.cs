using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Values;

namespace FlowApps.Storage.Tests;

/// <summary>Small executions and what happens to them.</summary>
internal static class Sample
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static string Id() => Ids.New(TimeProvider.System);

    public static Execution Execution(string id, string ns = "acme.sales", string flow = "greet", State state = State.Running, DateTimeOffset? start = null) => new()
    {
        Id = id,
        Namespace = ns,
        FlowId = flow,
        FlowRevision = 1,
        State = StateTrail.Start(State.Created, start ?? Now).To(state, (start ?? Now).AddSeconds(1)),
        Inputs = Data.Map(("zeta", 1), ("alpha", "text"), ("nested", Data.Map(("b", 1.0), ("a", null)))),
        Labels = [new Label("team", "blue")],
        CreatedBy = "ann",
    };

    /// <summary>A new stream of one or more events.</summary>
    public static StreamAppend Created(Execution execution, int events = 1, bool snapshot = true) =>
        new(execution.Id, 0, [new ExecutionCreated(Now, execution), .. Enumerable.Range(1, events - 1).Select(Change)], execution, snapshot);

    public static StreamAppend Changed(Execution execution, long expected, int events = 1, bool snapshot = false) =>
        new(execution.Id, expected, [.. Enumerable.Range((int)expected, events).Select(Change)], execution, snapshot);

    /// <summary>One event that tells which writer it is of.</summary>
    public static StreamAppend Written(Execution execution, long expected, int writer) => new(execution.Id, expected, [Change(writer)], execution, false);

    public static Commit Commit(params StreamAppend[] appends) => new() { Appends = appends };

    private static ExecutionEvent Change(int number) => new VariablesChanged(Now.AddSeconds(number), Data.Map(("number", number)), ["number"]);
}
