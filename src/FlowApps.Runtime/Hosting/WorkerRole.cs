using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Hosting;

/// <summary>Runs tasks. A node that starts first frees what its own earlier boots held; a node that stops lets what runs come to its end.</summary>
internal sealed class WorkerRole(RuntimeOptions options, IWorkQueue queue, INeighbours neighbours, Departed departed, WorkPool pool, Worker worker, NodeIdentity node, ILogger<WorkerRole> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Has(NodeRole.Worker)) return;
        await ClearAsync(cancellationToken);
        await departed.FreeOwnAsync(cancellationToken);
        pool.Start(worker.WorkAsync);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!options.Has(NodeRole.Worker)) return;
        await pool.DrainAsync(Patience);
        await pool.DisposeAsync();
        await ReleaseAsync();
    }

    /// <summary>What dead processes left on the disk goes. The folder may be shared with nodes that are at work in it.</summary>
    private async Task ClearAsync(CancellationToken cancellation)
    {
        if (!await neighbours.AnyAsync(node.Owner, cancellation)) WorkFolder.Clear(options.DataFolder);
        foreach (var owner in await neighbours.GoneAsync(WorkFolder.Owners(options.DataFolder), cancellation)) WorkFolder.Clear(options.DataFolder, owner);
    }

    /// <summary>What was interrupted is for others at once; with the database away it is when the leases have run out.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await queue.ReleaseAsync([node.Owner], CancellationToken.None);
        }
        catch (RefusedException e) when (e.Kind == RefusalKind.Unavailable)
        {
            logger.LogWarning("What was still under way could not be handed back: {Message}", e.Message);
        }
    }
}
