using System.Globalization;

namespace FlowApps.Survival;

/// <summary>Disturbs the database of a rig and the way to it, one kind after the other in an order of its own each time round. Ends with everything in order again.</summary>
internal sealed class DatabaseFaults(Rig rig, Faults faults, int seed)
{
    private const int AcknowledgedBetween = 5;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private readonly Random random = new(seed);

    public async Task RunAsync(CancellationToken stop)
    {
        Func<int, Task>[] kinds = [KillAsync, TerminateAsync, CutAsync, TakeDownAsync, LoseAnswersAsync, LoseAnswersAsync];
        while (true)
        {
            random.Shuffle(kinds);
            foreach (var disturb in kinds)
            {
                // However slow the machine is, something is done between two faults.
                for (var acknowledged = rig.Acks.Count; rig.Acks.Count < acknowledged + AcknowledgedBetween && !stop.IsCancellationRequested;) await Task.Delay(Moment, CancellationToken.None);
                await Task.Delay(random.Next(500, 4000), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested) return;
                await disturb(random.Next(rig.Proxies.Count));
            }
        }
    }

    private Task KillAsync(int server)
    {
        if (!rig.KillPostgres()) return Task.CompletedTask;
        faults.Add("database kills", "database");
        return Task.CompletedTask;
    }

    private async Task TerminateAsync(int server)
    {
        var terminated = await rig.TerminateConnectionsAsync();
        for (var number = 0; number < terminated; number++) faults.Add("terminated connections", "database");
    }

    private Task CutAsync(int server)
    {
        rig.Proxies[server].Cut();
        faults.Add("cut networks", Name(server));
        return Task.CompletedTask;
    }

    private async Task TakeDownAsync(int server)
    {
        rig.Proxies[server].IsDown = true;
        faults.Add("networks down for seconds", Name(server));
        await Task.Delay(random.Next(500, 7000), CancellationToken.None);
        rig.Proxies[server].IsDown = false;
    }

    private async Task LoseAnswersAsync(int server)
    {
        var before = rig.Proxies[server].Lost;
        for (var times = 0; times < 10; times++)
        {
            rig.Proxies[server].LoseNext();
            await Task.Delay(100, CancellationToken.None);
        }
        for (var number = before; number < rig.Proxies[server].Lost; number++) faults.Add("lost answers", Name(server));
    }

    private static string Name(int server) => server.ToString(CultureInfo.InvariantCulture);
}
