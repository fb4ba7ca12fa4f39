using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Work;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Hosting;

/// <summary>Runs tasks. A node that starts first frees what its own earlier boots held; a node that stops lets what runs come to its end.</summary>
internal sealed class WorkerRole(RuntimeOptions options, IWorkQueue queue, ExecutionReader reader, Departed departed, WorkPool pool, Worker worker, NodeIdentity node, ILogger<WorkerRole> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private IDisposable? hold;

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

    public void Dispose() => hold?.Dispose();

    /// <summary>What dead processes left on the disk goes. The folder may be shared with processes that are at work in it.</summary>
    private async Task ClearAsync(CancellationToken cancellation)
    {
        hold = WorkRemains.Hold(options.DataFolder, node);
        WorkRemains.Clear(options.DataFolder);
        await WorkRemains.ClearSharedAsync(options.DataFolder, async id => await reader.TryCertainAsync(id, cancellation) is var (live, isReadable) && isReadable && (live?.State.IsSettled ?? true));
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
