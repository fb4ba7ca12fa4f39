using FlowApps.Domain.Plugins;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tasks;

/// <summary>Runs tasks for each value of a list; inside, <c>taskrun.value</c> is the value.</summary>
[Plugin("core.flow.ForEach", Icon = "repeat")]
public sealed record ForEach : ValueLoop
{
    /// <summary>A list, or an expression that gives a JSON list.</summary>
    public required Property<IReadOnlyList<object?>> Values { get; init; }

    /// <summary>So many values at a time: 1 is one after the other, 0 is all at once.</summary>
    public int ConcurrencyLimit { get; init; } = 1;

    protected override object GivenValues => Values.Raw;

    public override NextStep Next(FlowableView view) => ByValue(view, ConcurrencyLimit);
}
