using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Files;
using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.States;

/// <summary>A state: a small map kept from execution to execution, by flow or by namespace (kestra-semantics 12.1).</summary>
public abstract record StateTask : RunnableTask
{
    /// <summary>The name of the state.</summary>
    public Property<string> Name { get; init; } = "default";

    /// <summary>Whether all flows of the namespace share it.</summary>
    public Property<bool> Namespace { get; init; } = new(false);

    /// <summary>Whether each value of a loop has a state of its own.</summary>
    public Property<bool> TaskrunValue { get; init; } = new(true);

    /// <summary>The key under which the state is kept in the key-value store of the namespace.</summary>
    private protected string Key(TaskContext context)
    {
        var key = new StringBuilder();
        if (!context.Render(Namespace)) key.Append(FilePaths.Slug(context.Flow.Id)).Append('_');
        key.Append("states_tasks-states_").Append(FilePaths.Slug(context.Render(Name) ?? "default"));
        if (context.Render(TaskrunValue) && LoopValue(context) is { } value)
            key.Append('_').Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16)));
        return key.ToString();
    }

    private protected static async Task<IReadOnlyDictionary<string, object?>?> LoadAsync(TaskContext context, string key, CancellationToken cancellation) =>
        (await context.Port<IKvStore>().FindAsync(context.Flow.Namespace, key, cancellation))?.Value as IReadOnlyDictionary<string, object?>;

    private protected TaskFailedException Missing(TaskContext context) =>
        new($"There is no state '{context.Render(Name)}' and `errorOnMissing` is set to true.");

    private static string? LoopValue(TaskContext context) =>
        (context.Variables.GetValueOrDefault("taskrun") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("value") as string;
}
