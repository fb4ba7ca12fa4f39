using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Lists keys of the key-value store.</summary>
[Plugin("core.kv.GetKeys", Icon = "key")]
public sealed record GetKeys : RunnableTask
{
    /// <summary>Only keys that begin with this.</summary>
    public Property<string>? Prefix { get; init; }

    /// <summary>The namespace; the flow's own when absent.</summary>
    public Property<string>? Namespace { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var entries = await context.Port<IKvStore>().ListAsync(KvNamespaces.Of(context, Namespace), context.Render(Prefix), inherit: false, cancellation);
        return TaskOutcome.Success(("keys", entries.Select(entry => (object?)entry.Key).ToList()));
    }
}
