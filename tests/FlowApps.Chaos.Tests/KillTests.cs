using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using FlowApps.Testing;
using FlowApps.Testing.Servers;
using Xunit.Abstractions;

namespace FlowApps.Chaos.Tests;

/// <summary>
/// The whole process is killed at random moments under a mixed load. What was acknowledged is written down here, outside the product, before it counts; in the end
/// everything acknowledged exists once and has ended or waits for a person. <c>FLOWAPPS_CHAOS_KILLS</c> and <c>FLOWAPPS_CHAOS_SEED</c> change the run.
/// </summary>
public sealed class KillTests(ITestOutputHelper print)
{
    private const int Clients = 6;
    private static readonly IReadOnlyList<(string Id, string Source)> Mixed = [.. MixedLoad.Flows, MixedLoad.Child];
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("FLOWAPPS_CHAOS_KILLS") ?? "20", System.Globalization.CultureInfo.InvariantCulture);
    private readonly int seed = int.TryParse(Environment.GetEnvironmentVariable("FLOWAPPS_CHAOS_SEED"), out var given) ? given : Environment.TickCount;
    private readonly ConcurrentDictionary<string, string> acknowledged = new();
    private readonly ConcurrentDictionary<string, string> flowOf = new();

    [Fact]
    public async Task Acknowledged_work_is_there_once_and_ends_when_the_process_is_killed_again_and_again()
    {
        print.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        await using var server = await ServerProcess.StartAsync();
        using (var api = new Api(server))
            foreach (var (_, source) in Mixed) await api.InstallAsync(source);

        var recoveries = new List<TimeSpan>();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var clients = Enumerable.Range(0, Clients).Select(client => SubmitAsync(server, new Random(seed + kill * 100 + client), $"{kill}-{client}", stop.Token)).ToList();
            await Task.Delay(random.Next(200, 2500), CancellationToken.None);
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(clients);
            var clock = Stopwatch.StartNew();
            await server.RunAgainAsync();
            recoveries.Add(clock.Elapsed);
        }
        recoveries.Sort();
        print.WriteLine($"{acknowledged.Count} acknowledged; listening again after {recoveries[recoveries.Count / 2].TotalSeconds:0.0} s (median), {recoveries[^1].TotalSeconds:0.0} s (longest)");

        using var last = new Api(server);
        await RepeatAsync(last);
        await SettleAsync(last);
        await using var database = await Database.OpenAsync(server);
        Assert.Empty(await database.KeysWithSeveralExecutionsAsync());
        Assert.Empty(await database.StreamsWithGapsAsync());
        Assert.Empty(await database.EndedWithWorkLeftAsync());
    }

    private async Task SubmitAsync(ServerProcess server, Random random, string name, CancellationToken stop)
    {
        using var api = new Api(server);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var (flow, _) = Mixed[random.Next(Mixed.Count)];
            var key = $"{name}-{number}";
            flowOf[key] = flow;
            try
            {
                if (await api.StartAsync(flow, key) is { } id) acknowledged[key] = id;
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or OperationCanceledException or IOException)
            {
                return;
            }
        }
    }

    /// <summary>A client that got no answer asks again with the same key, and one that got an answer gets the same one.</summary>
    private async Task RepeatAsync(Api api)
    {
        foreach (var (key, flow) in flowOf.Take(300))
        {
            var id = await api.StartAsync(flow, key);
            Assert.NotNull(id);
            if (acknowledged.TryGetValue(key, out var first)) Assert.Equal(first, id);
            else acknowledged[key] = id;
        }
    }

    private async Task SettleAsync(Api api)
    {
        var clock = Stopwatch.StartNew();
        var open = acknowledged.ToList();
        var wrong = new List<string>();
        while (open.Count > 0 && clock.Elapsed < TimeSpan.FromSeconds(90))
        {
            var next = new List<KeyValuePair<string, string>>();
            foreach (var (key, id) in open)
            {
                var state = await api.StateAsync(id);
                var waits = flowOf[key] == MixedLoad.Waiting;
                if (state == "SUCCESS" && !waits || state == "PAUSED" && waits) continue;
                if (state is "FAILED" or "KILLED" or "CANCELLED" or "WARNING" || waits && state == "SUCCESS") wrong.Add($"{flowOf[key]} {id}: {state}");
                else next.Add(new(key, id));
            }
            open = next;
            if (open.Count > 0) await Task.Delay(250);
        }
        Assert.Empty(wrong);
        Assert.True(open.Count == 0, $"seed {seed}: {open.Count} of {acknowledged.Count} stand still after {clock.Elapsed.TotalSeconds:0} s: {string.Join(", ", open.Take(5).Select(pair => $"{flowOf[pair.Key]} {pair.Value}"))}");
    }
}
