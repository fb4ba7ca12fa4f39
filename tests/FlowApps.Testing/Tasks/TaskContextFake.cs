using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Tasks;
using FlowApps.Domain.Values;
using FlowApps.Expressions;
using FlowApps.Testing.Files;

namespace FlowApps.Testing.Tasks;

/// <summary>What a task sees, in a temporary folder: real rendering, real files, logs and metrics to look at, and the ports a test gives it.</summary>
public sealed class TaskContextFake : TaskContext, IDisposable
{
    private readonly ExpressionEngine engine = new(new ExpressionOptions());
    private readonly Dictionary<Type, object> ports = [];
    private readonly string root = Directory.CreateTempSubdirectory("flowapps-task-").FullName;

    [SetsRequiredMembers]
    public TaskContextFake(params ReadOnlySpan<(string, object?)> variables)
    {
        Flow = new FlowId("company.team", "flow");
        FlowRevision = 1;
        (ExecutionId, TaskRunId, TaskId) = ("0SyAW1E00000execution1", "taskrun1", "task");
        Attempt = 1;
        IdempotencyKey = "execution1.taskrun1.1";
        Variables = Data.Map(variables);
        Clock = TimeProvider.System;
        Files = new FolderFileStore(Path.Combine(root, "storage"));
        With<IFileStore>(Files);
    }

    public ConcurrentQueue<(LogLevel Level, string Message)> Lines { get; } = new();

    /// <summary>Raised for every log line, on the thread that writes it.</summary>
    public event Action<string>? Logged;

    public ConcurrentQueue<Metric> Metrics { get; } = new();

    public FolderFileStore Files { get; }

    public override string WorkingDirectory => Directory.CreateDirectory(Path.Combine(root, "work")).FullName;

    /// <summary>Gives the task a port.</summary>
    public TaskContextFake With<TPort>(TPort port) where TPort : class
    {
        ports[typeof(TPort)] = port;
        return this;
    }

    /// <summary>Stores a text in internal storage and returns its URI.</summary>
    public async Task<string> StoreAsync(string name, string text)
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await PutFileAsync(name, content, CancellationToken.None);
    }

    /// <summary>The text of a stored file.</summary>
    public async Task<string> ReadAsync(object? uri)
    {
        using var reader = new StreamReader(await OpenFileAsync((string)uri!, CancellationToken.None));
        return await reader.ReadToEndAsync();
    }

    public override string? Render(string? template, IReadOnlyDictionary<string, object?>? extra = null) =>
        template is null ? null : engine.Render(template, ScopeWith(extra));

    public override object? RenderTyped(string? template, IReadOnlyDictionary<string, object?>? extra = null) =>
        template is null ? null : engine.RenderTyped(template, ScopeWith(extra));

    public override object? RenderDeep(object? value, IReadOnlyDictionary<string, object?>? extra = null) => engine.RenderDeep(value, ScopeWith(extra));

    public override void Log(LogLevel level, string message)
    {
        Lines.Enqueue((level, message));
        Logged?.Invoke(message);
    }

    public override void Metric(Metric metric) => Metrics.Enqueue(metric);

    public override async Task<string> PutFileAsync(string name, Stream content, CancellationToken cancellation)
    {
        var path = $"{FilePaths.TaskRun(Flow.Namespace, Flow.Id, ExecutionId, TaskId, TaskRunId)}/{name}";
        await Files.PutAsync(path, content, cancellation);
        return FilePaths.Uri(path);
    }

    public override Task<Stream> OpenFileAsync(string uri, CancellationToken cancellation) =>
        Files.OpenAsync(FilePaths.FromUri(uri) ?? throw new ArgumentException($"Not a URI: {uri}"), cancellation);

    public override TPort Port<TPort>() => (TPort)ports[typeof(TPort)];

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Scope ScopeWith(IReadOnlyDictionary<string, object?>? extra)
    {
        var scope = new Scope(Variables);
        foreach (var (name, value) in extra ?? Data.Map()) scope = scope.With(name, value);
        return scope;
    }
}
