namespace FlowApps.Web.Api.Flows;

/// <summary>Finds a task in the plain data of a flow's text: a map with an id and a type, at any depth below the lists of tasks.</summary>
public static class TaskText
{
    public static IReadOnlyDictionary<string, object?>? Find(object? node, string taskId) => node switch
    {
        IReadOnlyDictionary<string, object?> map when map.GetValueOrDefault("id") as string == taskId && map.ContainsKey("type") => map,
        IReadOnlyDictionary<string, object?> map => map.Where(e => e.Key is not ("inputs" or "triggers" or "outputs")).Select(e => Find(e.Value, taskId)).FirstOrDefault(found => found is not null),
        IReadOnlyList<object?> list => list.Select(item => Find(item, taskId)).FirstOrDefault(found => found is not null),
        _ => null,
    };
}
