using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Triggers;

namespace FlowApps.Domain.Tasks;

/// <summary>
/// What a running task sees: the execution's variables, rendering, logs, files and the stores. Given by the runtime (or a fake in tests).
/// Rendering here uses the full function set, also those that look outside.
/// </summary>
public abstract class TaskContext
{
    public required FlowId Flow { get; init; }
    public required int FlowRevision { get; init; }
    public required string ExecutionId { get; init; }
    public required string TaskRunId { get; init; }
    public required string TaskId { get; init; }

    /// <summary>From 1; the same attempt may be handed out again after a crash.</summary>
    public required int Attempt { get; init; }

    /// <summary>Stable for one (execution, task run, attempt), also when it is handed out again: send it with side effects.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The root variables (kestra-semantics 8.1).</summary>
    public required IReadOnlyDictionary<string, object?> Variables { get; init; }

    public required TimeProvider Clock { get; init; }

    /// <summary>Of a trigger that looks outside; tasks have nothing in it.</summary>
    public TriggerMemory Memory { get; init; } = new();

    /// <summary>Renders text; null stays null. Errors: expression exceptions, which fail the attempt.</summary>
    public abstract string? Render(string? template, IReadOnlyDictionary<string, object?>? extra = null);

    /// <summary>Renders text keeping the type of a lone expression.</summary>
    public abstract object? RenderTyped(string? template, IReadOnlyDictionary<string, object?>? extra = null);

    /// <summary>Renders maps and lists deeply; strings inside become text.</summary>
    public abstract object? RenderDeep(object? value, IReadOnlyDictionary<string, object?>? extra = null);

    /// <summary>Renders and converts a dynamic property (kestra-semantics 7.2); absent gives default.</summary>
    public T? Render<T>(Property<T>? property, IReadOnlyDictionary<string, object?>? extra = null) =>
        property is null ? default : PropertyConversion.To<T>(property.Raw, text => Render(text, extra), value => RenderDeep(value, extra));

    public T Render<T>(Property<T>? property, T fallback) => property is null ? fallback : Render(property) ?? fallback;

    public abstract void Log(LogLevel level, string message);

    public abstract void Metric(Metric metric);

    /// <summary>A directory of this attempt's own (inside a WorkingDirectory: shared with its siblings), made when first asked for, removed after the run.</summary>
    public abstract string WorkingDirectory { get; }

    /// <summary>Stores a file of this task run in internal storage and returns its URI (kestra:///…).</summary>
    public abstract Task<string> PutFileAsync(string name, Stream content, CancellationToken cancellation);

    /// <summary>Opens a file of this execution, its parent execution or its namespace. Errors: refused for others.</summary>
    public abstract Task<Stream> OpenFileAsync(string uri, CancellationToken cancellation);

    /// <summary>A port of the product (IKvStore, INamespaceFileStore, IExecutions, HttpClient factory …) for tasks that need one.</summary>
    public abstract TPort Port<TPort>() where TPort : class;
}
