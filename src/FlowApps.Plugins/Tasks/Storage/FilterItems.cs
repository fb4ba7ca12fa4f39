using FlowApps.Plugins.Files;

namespace FlowApps.Plugins.Tasks.Storage;

/// <summary>Keeps the items of a file for which a condition holds, or those for which it does not.</summary>
[Plugin("core.storage.FilterItems", "io.kestra.core.tasks.storages.FilterItems", Icon = "filter")]
public sealed record FilterItems : RunnableTask
{
    /// <summary>The URI of a file with one JSON or Ion item per line.</summary>
    public required Property<string> From { get; init; }

    /// <summary>The condition; an item's fields are its variables.</summary>
    public required string FilterCondition { get; init; }

    /// <summary>Whether the items for which it holds are kept (INCLUDE) or dropped (EXCLUDE).</summary>
    public Property<FilterType> FilterType { get; init; } = "INCLUDE";

    /// <summary>What happens to an item whose condition fails or gives nothing.</summary>
    public Property<ErrorOrNullBehavior> ErrorOrNullBehavior { get; init; } = "FAIL";

    public override async ValueTask<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellation)
    {
        var (include, unsure) = (context.Render(FilterType) == Storage.FilterType.Include, context.Render(ErrorOrNullBehavior));
        var (total, dropped) = (0L, 0L);
        await using var result = new ScratchFile(context);
        await using (var source = await context.OpenFileAsync(context.Render(From) ?? "", cancellation))
        {
            var items = new ItemReader(context, source);
            for (; await items.NextAsync(cancellation) is { } row; total++)
                if (Holds(context, items.Fields(row), unsure, total + 1) is { } holds ? holds == include : unsure == Storage.ErrorOrNullBehavior.Include) await result.WriteRowAsync(row, cancellation);
                else dropped++;
        }
        return TaskOutcome.Success(("uri", await result.StoreAsync(".ion", cancellation)), ("processedItemsTotal", total), ("droppedItemsTotal", dropped));
    }

    /// <summary>Null: the condition failed or gave nothing, and that is no reason to stop.</summary>
    private bool? Holds(TaskContext context, IReadOnlyDictionary<string, object?> item, ErrorOrNullBehavior unsure, long number)
    {
        try
        {
            var rendered = context.Render(FilterCondition, item);
            if (!string.IsNullOrWhiteSpace(rendered)) return Truth.Of(rendered);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return unsure == Storage.ErrorOrNullBehavior.Fail ? throw new TaskFailedException($"The condition failed on item {number}: {e.Message}", null, e) : null;
        }
        return unsure == Storage.ErrorOrNullBehavior.Fail ? throw new TaskFailedException($"The condition gave nothing on item {number}.") : null;
    }
}
