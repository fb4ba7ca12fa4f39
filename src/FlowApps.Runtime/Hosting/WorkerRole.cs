using FlowApps.Domain.Executions;
using FlowApps.Runtime.Work;
using Microsoft.Extensions.Hosting;

namespace FlowApps.Runtime.Hosting;

/// <summary>Runs tasks. A node that starts first frees what its own earlier boots held; a node that stops lets what runs come to its end.</summary>
internal sealed class WorkerRole(RuntimeOptions options, IWorkQueue queue, WorkPool pool, Worker worker, NodeIdentity node) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!options.Has(NodeRole.Worker)) return;
        WorkFolder.Clear(options.DataFolder);
        await queue.ReleaseAsync(node.Node, node.Owner, cancellationToken);
        pool.Start(worker.WorkAsync);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await pool.DrainAsync(Patience);
        await pool.DisposeAsync();
    }
}
