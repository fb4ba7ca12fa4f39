namespace FlowApps.Domain.Flows;

/// <summary>A flow's name: namespace and id. It never changes once stored.</summary>
public readonly record struct FlowId(string Namespace, string Id)
{
    public override string ToString() => $"{Namespace}.{Id}";
}
