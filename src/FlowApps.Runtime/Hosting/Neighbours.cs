using FlowApps.Domain.Executions;
using FlowApps.Runtime.Timers;
using FlowApps.Runtime.Work;

namespace FlowApps.Runtime.Hosting;

/// <summary>Hears from other processes on the same store that they committed work for anybody, or timers, and looks for it at once.</summary>
internal sealed class Neighbours(IWorkQueue queue, WorkPool pool, TimerPump timers)
{
    public async Task ListenAsync(CancellationToken cancellation)
    {
        await foreach (var word in queue.WatchAsync(cancellation))
        {
            if (word == "work") pool.Wake();
            else if (word == "timers") await timers.LoadAsync(cancellation);
        }
    }
}
