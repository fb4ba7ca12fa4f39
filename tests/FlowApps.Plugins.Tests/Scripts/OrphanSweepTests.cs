using System.Diagnostics;
using FlowApps.Plugins.Processes;

namespace FlowApps.Plugins.Tests.Scripts;

public sealed class OrphanSweepTests
{
    [Fact]
    public async Task Commands_of_a_dead_worker_are_ended_and_those_of_a_living_one_are_not()
    {
        using var orphan = Sleep("999999999-1");
        using var reused = Sleep($"{Environment.ProcessId}-1");
        using var stranger = Sleep(null);
        using var living = ProcessTree.Start(["/bin/sleep", "1000"], Path.GetTempPath(), new Dictionary<string, string>());
        await new OrphanSweep().StartAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await orphan.WaitForExitAsync(patience.Token);
        await reused.WaitForExitAsync(patience.Token);
        Assert.False(stranger.HasExited);
        Assert.False(living.Leader.HasExited);
        stranger.Kill();
    }

    private static Process Sleep(string? worker)
    {
        var start = new ProcessStartInfo("/bin/sleep", "1000");
        if (worker is not null) start.Environment["FLOWAPPS_WORKER"] = worker;
        return Process.Start(start)!;
    }
}
