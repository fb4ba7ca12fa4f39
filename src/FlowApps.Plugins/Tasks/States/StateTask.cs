using System.Security.Cryptography;
using System.Text;
using FlowApps.Domain.Files;

namespace FlowApps.Plugins.Tasks.States;

/// <summary>
/// A state: a small map kept from execution to execution, by flow or by namespace (kestra-semantics 12.1). Documents of their own, not entries of the key-value store,
/// so that two runs that change a state at once both count and clearing keys forgets no state.
/// </summary>
public abstract record StateTask : RunnableTask
{
    private const string Kind = "state";

    /// <summary>The name of the state.</summary>
    public Property<string> Name { get; init; } = "default";

    /// <summary>Whether all flows of the namespace share it.</summary>
    public Property<bool> Namespace { get; init; } = new(false);

    /// <summary>Whether each value of a loop has a state of its own.</summary>
    public Property<bool> TaskrunValue { get; init; } = new(true);

    /// <summary>The name under which the state is kept in the namespace.</summary>
    private protected string Key(TaskContext context)
    {
        var key = new StringBuilder();
        if (!context.Render(Namespace)) key.Append(FilePaths.Slug(context.Flow.Id)).Append('_');
        key.Append("states_tasks-states_").Append(FilePaths.Slug(context.Render(Name) ?? "default"));
        if (context.Render(TaskrunValue) && LoopValue(context) is { } value)
            key.Append('_').Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(value)).AsSpan(0, 16)));
        return key.ToString();
    }

    private protected static Task<StoredDocument<KeptState>?> LoadAsync(TaskContext context, string key, CancellationToken cancellation) =>
        context.Port<IDocumentStore>().LoadAsync<KeptState>(Kind, Place(context, key), cancellation);

    /// <summary>Stores or (null) deletes a state; false when somebody else changed it since it was loaded.</summary>
    private protected static Task<bool> StoreAsync(TaskContext context, string key, KeptState? state, long version, CancellationToken cancellation) =>
        context.Port<IDocumentStore>().WriteAsync(
            [new DocumentWrite(Kind, Place(context, key), state is null ? null : System.Text.Json.JsonSerializer.Serialize(state, Data.Json), version, context.Flow.Namespace)], cancellation);

    private protected TaskFailedException Missing(TaskContext context) =>
        new($"There is no state '{context.Render(Name)}' and `errorOnMissing` is set to true.");

    private static string Place(TaskContext context, string key) => $"{context.Flow.Namespace}/{key}";

    private static string? LoopValue(TaskContext context) =>
        (context.Variables.GetValueOrDefault("taskrun") as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault("value") as string;
}
