using FlowApps.Domain.Namespaces;

namespace FlowApps.Plugins.Tasks.States;

/// <summary>Writes values to a state; those it has under other names stay.</summary>
[Plugin("core.state.Set", "io.kestra.core.tasks.states.Set", Icon = "archive")]
public sealed record Set : StateTask
{
    /// <summary>The values by name.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Data { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var key = Key(context);
        var merged = Domain.Values.Data.Map();
        foreach (var (name, value) in await LoadAsync(context, key, cancellation) ?? Domain.Values.Data.Map()) merged[name] = value;
        foreach (var (name, value) in context.Render(Data) ?? Domain.Values.Data.Map()) merged[name] = value;
        await context.Port<IKvStore>().SetAsync(context.Flow.Namespace, key, merged, KvType.Json, null, overwrite: true, null, cancellation);
        return TaskOutcome.Success(("count", merged.Count), ("key", key));
    }
}
