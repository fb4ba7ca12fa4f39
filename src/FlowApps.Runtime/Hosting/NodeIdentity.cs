namespace FlowApps.Runtime.Hosting;

/// <summary>Who this process is in leases: the node (stays over restarts) and this boot of it.</summary>
public sealed record NodeIdentity(string Node, string Boot)
{
    public static NodeIdentity New(string node) => new(node, Guid.NewGuid().ToString("N")[..8]);

    /// <summary>The owner text of leases: <c>node:boot</c>. Rows of the same node with another boot are leftovers of a dead process.</summary>
    public string Owner { get; } = $"{Node}:{Boot}";
}
