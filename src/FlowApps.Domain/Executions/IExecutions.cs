using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;

namespace FlowApps.Domain.Executions;

/// <summary>A value given for an input: text (form field), plain data, or an upload already in internal storage (its URI).</summary>
public sealed record StartExecution(FlowId Flow, IReadOnlyDictionary<string, object?> Inputs)
{
    public string? Id { get; init; }
    public int? Revision { get; init; }
    public IReadOnlyList<Label> Labels { get; init; } = [];

    /// <summary>Labels set by the product (system.*).</summary>
    public IReadOnlyList<Label> SystemLabels { get; init; } = [];
    public DateTimeOffset? ScheduleDate { get; init; }
    public IReadOnlyList<string> Breakpoints { get; init; } = [];
    public ExecutionKind Kind { get; init; }

    /// <summary>Of a test: what stands in for tasks.</summary>
    public IReadOnlyList<TaskFixture>? Fixtures { get; init; }
    public ExecutionTrigger? Trigger { get; init; }
    public string? By { get; init; }

    /// <summary>A repeat with the same key gives the same execution (RFC draft Idempotency-Key).</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>Who asks for something, with the key that makes a repeat harmless.</summary>
public sealed record Asker(string? User, string? IdempotencyKey = null)
{
    public static Asker System { get; } = new((string?)null);

    /// <summary>The groups of the person, where rights in a question depend on them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];
}

/// <summary>News after a commit: something about this execution changed. Nothing else; readers fetch with their own rights.</summary>
public sealed record ExecutionNews(string ExecutionId, long Version, State State, FlowId Flow);

/// <summary>
/// Executions as the product uses them. Implemented by the runtime; every method returns after its effect is durable. Errors: <see cref="Problems.RefusedException"/>
/// (Invalid with one problem per wrong input; NotFound; Conflict for a wrong state or a lost decision, saying who was first).
/// </summary>
public interface IExecutions
{
    /// <summary>A new execution id.</summary>
    string NewId();

    Task<Execution> StartAsync(StartExecution start, CancellationToken cancellation);

    /// <summary>The current state with its version (number of events); null when unknown.</summary>
    Task<(Execution Execution, long Version)?> FindAsync(string id, CancellationToken cancellation);

    /// <summary>Completes when the execution is terminal (including afterExecution tasks).</summary>
    Task<Execution> WaitForEndAsync(string id, CancellationToken cancellation);

    /// <summary>Gives an answer to a paused task run (or to the only one when null). <paramref name="expectedVersion"/>: what the person saw; exactly one answer wins.</summary>
    Task<Execution> ResumeAsync(string id, string? taskRunId, IReadOnlyDictionary<string, object?> inputs, string outcome, string? comment, long? expectedVersion, Asker asker, CancellationToken cancellation);

    Task<Execution> PauseAsync(string id, Asker asker, CancellationToken cancellation);
    Task<Execution> KillAsync(string id, bool cascade, Asker asker, CancellationToken cancellation);
    Task<Execution> RestartAsync(string id, int? revision, Asker asker, CancellationToken cancellation);
    Task<Execution> ReplayAsync(string id, string? taskRunId, int? revision, IReadOnlyDictionary<string, object?>? inputs, Asker asker, CancellationToken cancellation);
    Task<Execution> SetTaskRunStateAsync(string id, string taskRunId, State state, Asker asker, CancellationToken cancellation);
    Task<Execution> SetStateAsync(string id, State state, Asker asker, CancellationToken cancellation);
    Task<Execution> SetLabelsAsync(string id, IReadOnlyList<Label> labels, Asker asker, CancellationToken cancellation);
    Task<Execution> UnqueueAsync(string id, State? state, Asker asker, CancellationToken cancellation);
    Task<Execution> ForceRunAsync(string id, Asker asker, CancellationToken cancellation);
    Task<Execution> ResumeFromBreakpointAsync(string id, IReadOnlyList<string> nextBreakpoints, Asker asker, CancellationToken cancellation);
    Task<bool> DeleteAsync(string id, bool logs, bool metrics, bool files, CancellationToken cancellation);

    /// <summary>Resolves inputs without starting anything: what a form shows (kestra-semantics 2.3).</summary>
    Task<IReadOnlyList<Inputs.ResolvedInput>> ResolveInputsAsync(FlowId flow, int? revision, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation);

    /// <summary>The same with the flow's checks: what a form shows while it is filled.</summary>
    Task<Inputs.ResolvedForm> ResolveFormAsync(FlowId flow, int? revision, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation);

    /// <summary>The same of a flow that need not be stored: what its form would show.</summary>
    Inputs.ResolvedForm ResolveForm(Flow flow, IReadOnlyDictionary<string, object?> given);

    /// <summary>The same for the <c>onResume</c> inputs of a paused task run.</summary>
    Task<IReadOnlyList<Inputs.ResolvedInput>> ResolveResumeInputsAsync(string id, string? taskRunId, IReadOnlyDictionary<string, object?> given, CancellationToken cancellation);

    /// <summary>Renders a text with a task run's variables (debug evaluation); never changes anything. Errors: Invalid, with the place, when it cannot be rendered.</summary>
    Task<string> EvaluateAsync(string id, string? taskRunId, string expression, CancellationToken cancellation);

    /// <summary>The root variables an execution has now, without secrets, for app pages.</summary>
    Task<IReadOnlyDictionary<string, object?>> VariablesAsync(string id, CancellationToken cancellation);

    /// <summary>News of one execution (or of all when null), from now on; ends with the token. Subscribe first, then load, then ignore versions already seen.</summary>
    IAsyncEnumerable<ExecutionNews> WatchAsync(string? id, CancellationToken cancellation);

    /// <summary>Log lines of one execution as they become durable.</summary>
    IAsyncEnumerable<Logs.LogEntry> WatchLogsAsync(string id, CancellationToken cancellation);
}
