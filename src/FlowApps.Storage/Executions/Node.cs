namespace FlowApps.Storage.Executions;

/// <summary>This process among those that share the database.</summary>
internal sealed record Node(string Id)
{
    public Node() : this(Guid.NewGuid().ToString("N")) { }
}
