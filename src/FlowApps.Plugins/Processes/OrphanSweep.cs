using Microsoft.Extensions.Hosting;

namespace FlowApps.Plugins.Processes;

/// <summary>
/// Before a worker starts: ends the commands that a worker of this machine left running when it died. Their attempts are handed out again, and must not run twice at once.
/// </summary>
internal sealed class OrphanSweep : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var id in ProcessMark.OfDeadWorkers()) ProcessSignals.Send(id, ProcessSignals.Kill);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
