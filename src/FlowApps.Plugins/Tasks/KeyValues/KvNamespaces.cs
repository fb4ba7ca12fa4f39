using FlowApps.Domain.Flows;

namespace FlowApps.Plugins.Tasks.KeyValues;

/// <summary>Which namespaces a key-value task may use.</summary>
internal static class KvNamespaces
{
    /// <summary>The rendered namespace, or the flow's own.</summary>
    public static string Of(TaskContext context, Property<string>? given) =>
        context.Render(given) is { Length: > 0 } ns ? ns : context.Flow.Namespace;

    /// <summary>Errors: <see cref="TaskFailedException"/> for a namespace that is neither the flow's, nor above it, nor one that has flows.</summary>
    public static async Task CheckAsync(TaskContext context, string ns, CancellationToken cancellation)
    {
        if (IsWithin(context.Flow.Namespace, ns)) return;
        var known = await context.Port<IFlowStore>().NamespacesAsync(cancellation);
        if (!known.Any(other => IsWithin(other, ns)))
            throw new TaskFailedException($"There is no namespace '{ns}': no flow is in it or below it.");
    }

    private static bool IsWithin(string inner, string outer) => inner == outer || inner.StartsWith(outer + ".", StringComparison.Ordinal);
}
