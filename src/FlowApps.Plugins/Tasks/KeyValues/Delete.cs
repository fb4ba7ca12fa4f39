using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Deletes a value of the key-value store.</summary>
[Plugin("core.kv.Delete", Icon = "key-off")]
public sealed record Delete : RunnableTask
{
    /// <summary>The key.</summary>
    public required Property<string> Key { get; init; }

    /// <summary>The namespace; the flow's own when absent.</summary>
    public Property<string>? Namespace { get; init; }

    /// <summary>Whether a missing value fails the task.</summary>
    public Property<bool> ErrorOnMissing { get; init; } = new(false);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (ns, key) = (KvNamespaces.Of(context, Namespace), context.Render(Key) ?? "");
        var deleted = await context.Port<IKvStore>().DeleteAsync(ns, key, cancellation);
        if (!deleted && context.Render(ErrorOnMissing)) throw Get.Missing(key, ns);
        return TaskOutcome.Success(("deleted", deleted));
    }
}
