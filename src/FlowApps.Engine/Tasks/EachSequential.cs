using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>The old form of ForEach, one value after the other.</summary>
[Plugin("core.flow.EachSequential", "io.kestra.core.tasks.flows.EachSequential", Deprecated = true, Icon = "repeat")]
public sealed record EachSequential : ValueLoop
{
    /// <summary>A list, or an expression that gives a JSON list.</summary>
    public required Property<IReadOnlyList<object?>> Value { get; init; }

    protected override object GivenValues => Value.Raw;

    public override NextStep Next(FlowableView view) => ByValue(view, 1);
}
