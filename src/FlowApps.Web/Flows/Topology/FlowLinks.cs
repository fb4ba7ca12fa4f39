using FlowApps.Domain.Flows;

namespace FlowApps.Web.Flows.Topology;

/// <summary>One flow starts another: by a task of the first, or by a trigger of the second.</summary>
public sealed record FlowLink(FlowId From, FlowId To, bool ByTrigger = false);

/// <summary>Finds links between flows in the plain data of their texts. Names that are expressions are known only at run time and left out.</summary>
public static class FlowLinks
{
    public static IReadOnlyList<FlowLink> Of(FlowId key, IReadOnlyDictionary<string, object?> text)
    {
        var links = new List<FlowLink>();
        foreach (var (name, value) in text)
            if (name is "tasks" or "errors" or "finally" or "afterExecution" or "listeners") AddTasks(key, value, links);
        AddTriggers(key, text.GetValueOrDefault("triggers"), links);
        return links.Distinct().ToList();
    }

    /// <summary>The links from and to a flow, and if <paramref name="all"/> those behind them too; only onward ones if <paramref name="onward"/>.</summary>
    public static IReadOnlyList<FlowLink> Around(FlowId key, IReadOnlyList<FlowLink> links, bool onward, bool all)
    {
        var found = new HashSet<FlowLink>();
        Walk(link => link.From, link => link.To);
        if (!onward) Walk(link => link.To, link => link.From);
        return [.. found];

        void Walk(Func<FlowLink, FlowId> near, Func<FlowLink, FlowId> far)
        {
            var seen = new HashSet<FlowId> { key };
            var open = new Queue<FlowId>(seen);
            while (open.TryDequeue(out var at))
                foreach (var link in links.Where(link => near(link) == at))
                {
                    found.Add(link);
                    if (all && seen.Add(far(link))) open.Enqueue(far(link));
                }
        }
    }

    private static void AddTasks(FlowId key, object? node, List<FlowLink> links)
    {
        if (node is IReadOnlyDictionary<string, object?> map)
        {
            var type = (map.GetValueOrDefault("type") as string)?.Split('.')[^1];
            if (type is "Subflow" or "ForEachItem" or "Flow" && Name(map, key.Namespace) is { } target) links.Add(new FlowLink(key, target));
            foreach (var child in map.Values) AddTasks(key, child, links);
        }
        else if (node is IReadOnlyList<object?> list)
        {
            foreach (var item in list) AddTasks(key, item, links);
        }
    }

    /// <summary>A Flow trigger names the flows it listens to in its conditions, preconditions or dependsOn.</summary>
    private static void AddTriggers(FlowId key, object? triggers, List<FlowLink> links)
    {
        foreach (var trigger in (triggers as IReadOnlyList<object?> ?? []).OfType<IReadOnlyDictionary<string, object?>>())
            if ((trigger.GetValueOrDefault("type") as string)?.EndsWith("trigger.Flow", StringComparison.Ordinal) == true || (trigger.GetValueOrDefault("type") as string)?.EndsWith("types.Flow", StringComparison.Ordinal) == true)
                links.AddRange(Names(trigger, key.Namespace).Where(from => from != key).Select(from => new FlowLink(from, key, ByTrigger: true)));
    }

    private static IEnumerable<FlowId> Names(object? node, string ns) => node switch
    {
        IReadOnlyDictionary<string, object?> map => map.Values.SelectMany(value => Names(value, ns)).Concat(Name(map, ns) is { } name ? [name] : []),
        IReadOnlyList<object?> list => list.SelectMany(item => Names(item, ns)),
        _ => [],
    };

    private static FlowId? Name(IReadOnlyDictionary<string, object?> map, string ns) =>
        map.GetValueOrDefault("flowId") is string { Length: > 0 } flow && !flow.Contains("{{", StringComparison.Ordinal)
            ? new FlowId(map.GetValueOrDefault("namespace") is string { Length: > 0 } named && !named.Contains("{{", StringComparison.Ordinal) ? named : ns, flow)
            : null;
}
