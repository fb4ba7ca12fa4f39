using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Reads a value of the key-value store.</summary>
[Plugin("core.kv.Get", Icon = "key")]
public sealed record Get : RunnableTask
{
    /// <summary>The key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>The namespace; without it the flow's own, then those above it.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>Whether a missing value fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (ns, key) = (KvNamespaces.Of(context, Namespace), context.Render(Key) ?? "");
        var store = context.Port<IKvStore>();
        var entry = await store.FindAsync(ns, key, cancellation) ?? (Namespace is null ? store.Find(ns, key, inherit: true) : null);
        if (entry is null && context.Render(ErrorOnMissing)) throw Missing(key, ns);
        return TaskOutcome.Success(("value", entry?.Value));
    }

    internal static TaskFailedException Missing(string key, string ns) =>
        new($"No value found for key '{key}' in namespace '{ns}' and `errorOnMissing` is set to true");
}
