using FlowApps.Engine.Flows;

namespace FlowApps.Engine.Tasks;

/// <summary>One task after the other (kestra-semantics 4.4).</summary>
internal static class InOrder
{
    public static NextStep Next(FlowableView view, IReadOnlyList<TaskNode> list)
    {
        if (view.Open > 0) return NextStep.Wait;
        var next = view.LastChild is { } last && view.NodeOf(last) is { Index: >= 0 } node && ReferenceEquals(node.List, list) ? node.Index + 1 : 0;
        while (next < list.Count && view.Child(list[next].Id) is not null) next++;
        return next < list.Count ? NextStep.Start([new NextRun(list[next])]) : NextStep.Done;
    }
}
