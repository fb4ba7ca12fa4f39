using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Timers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowApps.Runtime.Hosting;

/// <summary>Keeps executions moving: warms the flows, takes up what was left over, rings timers, looks for what is stuck.</summary>
internal sealed class EngineRole(
    RuntimeOptions options, ExecutionHandler handler, FlowRegistry flows, LogPipe pipe, TimerPump timers, Recovery recovery, Housekeeping housekeeping, TimeProvider clock, ILogger<EngineRole> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan BetweenGlances = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private Task looking = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _ = handler;
        pipe.Start();
        await flows.RefreshAsync(cancellationToken);
        if (!options.Has(NodeRole.Engine)) return;
        await timers.StartAsync(cancellationToken);
        await recovery.TakeUpAsync(cancellationToken);
        looking = Task.WhenAll(EveryAsync(BetweenGlances, recovery.GlanceAsync, stop.Token), EveryAsync(BetweenLooks, recovery.LookAsync, stop.Token), housekeeping.RunAsync(stop.Token));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await timers.DisposeAsync();
    }

    public void Dispose() => stop.Dispose();

    private async Task EveryAsync(TimeSpan pause, Func<CancellationToken, Task> look, CancellationToken cancellation)
    {
        using var ticks = new PeriodicTimer(pause, clock);
        while (await ticks.WaitForNextTickAsync(cancellation))
        {
            try
            {
                await look(cancellation);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.LogWarning(e, "A look for what is stuck failed; the next one is in {Seconds} s.", pause.TotalSeconds);
            }
        }
    }
}
