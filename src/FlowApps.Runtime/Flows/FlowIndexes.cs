using System.Runtime.CompilerServices;
using FlowApps.Domain.Flows;
using FlowApps.Expressions;

namespace FlowApps.Runtime.Flows;

/// <summary>The index of each parsed flow, kept as long as the flow is.</summary>
internal sealed class FlowIndexes(ExpressionEngine expressions)
{
    private readonly ConditionalWeakTable<Flow, FlowIndex> indexes = [];

    public FlowIndex Of(Flow flow) => indexes.GetValue(flow, key => new FlowIndex(key, expressions));
}
