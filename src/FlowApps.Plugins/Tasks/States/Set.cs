using Values = FlowApps.Domain.Values.Data;

namespace FlowApps.Plugins.Tasks.States;

/// <summary>Writes values to a state; those it has under other names stay.</summary>
[Plugin("core.state.Set", "io.kestra.core.tasks.states.Set", Icon = "archive")]
public sealed record Set : StateTask
{
    /// <summary>The values by name.</summary>
    public Property<IReadOnlyDictionary<string, object?>>? Data { get; init; }

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (key, given) = (Key(context), context.Render(Data) ?? Values.Map());
        while (true)
        {
            var kept = await LoadAsync(context, key, cancellation);
            var merged = Values.Map();
            foreach (var (name, value) in (kept?.Value.Values ?? Values.Map()).Concat(given)) merged[name] = value;
            if (await StoreAsync(context, key, new KeptState(merged), kept?.Version ?? 0, cancellation)) return TaskOutcome.Success(("count", merged.Count), ("key", key));
        }
    }
}
