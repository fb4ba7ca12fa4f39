using FlowApps.Domain.Flows;
using FlowApps.Domain.Namespaces;
using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Removes values of the key-value store in bulk: those that have expired, or all that match.</summary>
[Plugin("core.kv.PurgeKV", Icon = "key-off")]
public sealed record PurgeKv : RunnableTask
{
    /// <summary>Only keys that match this pattern.</summary>
    public Property<string>? KeyPattern { get; init; }

    /// <summary>The namespaces; all of them when neither this nor a pattern is given.</summary>
    public Property<IReadOnlyList<string>>? Namespaces { get; init; }

    /// <summary>A pattern for namespaces.</summary>
    public Property<string>? NamespacePattern { get; init; }

    /// <summary>What is removed.</summary>
    public PurgeBehavior Behavior { get; init; } = new();

    /// <summary>Whether the namespaces below the given ones count too.</summary>
    public Property<bool> IncludeChildNamespaces { get; init; } = new(true);

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (store, size) = (context.Port<IKvStore>(), 0);
        var expiredOnly = context.Render(Behavior.ExpiredOnly);
        var keys = context.Render(KeyPattern) is { Length: > 0 } pattern ? Glob.Parse(pattern) : null;
        foreach (var ns in await NamespacesAsync(context, cancellation))
        {
            size += await store.PurgeExpiredAsync(ns, cancellation);
            if (expiredOnly) continue;
            foreach (var entry in await store.ListAsync(ns, null, inherit: false, cancellation))
                if (keys?.Matches(entry.Key) != false && await store.DeleteAsync(ns, entry.Key, cancellation)) size++;
        }
        return TaskOutcome.Success(("size", size));
    }

    private async Task<IReadOnlyList<string>> NamespacesAsync(TaskContext context, CancellationToken cancellation)
    {
        var known = (await context.Port<IFlowStore>().NamespacesAsync(cancellation)).Append(context.Flow.Namespace).Distinct();
        if (context.Render(Namespaces) is { Count: > 0 } given)
            return [.. given.Concat(context.Render(IncludeChildNamespaces) ? known.Where(ns => given.Any(g => ns.StartsWith(g + ".", StringComparison.Ordinal))) : []).Distinct()];
        return context.Render(NamespacePattern) is { Length: > 0 } pattern ? [.. known.Where(Glob.Parse(pattern).Matches)] : [.. known];
    }
}
