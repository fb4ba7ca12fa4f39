using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;

namespace FlowApps.Engine.Executions;

/// <summary>Labels of executions (kestra-semantics 9.1).</summary>
public static class Labels
{
    public const string CorrelationId = "system.correlationId";
    private const string Reserved = "system.";

    /// <summary>Later ones win over earlier ones of the same key; a null value takes the label away.</summary>
    public static IReadOnlyList<Label> Merge(IReadOnlyList<Label> old, IReadOnlyList<Label> added) =>
        [.. old.Where(label => added.All(a => a.Key != label.Key)), .. added.GroupBy(a => a.Key).Select(g => g.Last()).Where(a => a.Value is not null)];

    /// <summary>Flow labels, then given ones, then the product's; the correlation id is the execution's own unless given.</summary>
    internal static IReadOnlyList<Label> ForNew(Flow flow, NewExecution start)
    {
        var labels = flow.Labels.Concat(start.Labels).Concat(start.SystemLabels).Distinct().ToList();
        return labels.Any(label => label.Key == CorrelationId) ? labels : [.. labels, new Label(CorrelationId, start.Id)];
    }

    internal static Decision? Change(Turn turn, ChangeLabels command)
    {
        if (!turn.ExecutionState.IsTerminal) return turn.Refused("not_terminated", "Labels can be changed when the execution has ended.");
        if (command.Labels.FirstOrDefault(label => string.IsNullOrEmpty(label.Key) || label.Value is null) is not null) return turn.Refused("invalid_label", "A label needs a key and a value.");
        if (command.Labels.FirstOrDefault(label => label.Key.StartsWith(Reserved, StringComparison.Ordinal)) is { } system)
            return turn.Refused("system_label", $"System labels can only be set by Kestra itself, offending label: {system.Key}={system.Value}");
        var merged = Merge(turn.State.Labels, command.Labels);
        if (!merged.SequenceEqual(turn.State.Labels)) turn.Emit(new LabelsChanged(turn.Now, merged, command.By));
        return null;
    }
}
