using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Hosting;

/// <summary>Frees what processes that are gone still hold, long before their leases run out.</summary>
internal sealed class Departed(INeighbours neighbours, IWorkQueue queue, WorkPool pool, NodeIdentity node)
{
    private IReadOnlySet<string> missing = new HashSet<string>();

    /// <summary>At start: what this node's earlier boots held. They are dead, or the machine runs two nodes of the same name and they live.</summary>
    public async Task FreeOwnAsync(CancellationToken cancellation)
    {
        var earlier = (await queue.OwnersAsync(cancellation)).Where(owner => owner != node.Owner && owner.StartsWith(node.Node + ":", StringComparison.Ordinal)).ToList();
        await queue.ReleaseAsync(await neighbours.GoneAsync(earlier, cancellation), cancellation);
    }

    /// <summary>One look. A connection that has just broken comes back within a moment, so who is missed for the first time is left in peace.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var now = await neighbours.GoneAsync(await queue.OwnersAsync(cancellation), cancellation);
        var gone = now.Where(missing.Contains).ToList();
        missing = now;
        if (gone.Count > 0) Fault.Point("departed-before-release");
        if (gone.Count > 0 && await queue.ReleaseAsync(gone, cancellation) > 0) pool.Wake();
    }
}
