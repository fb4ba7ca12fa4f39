using System.Collections.Concurrent;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>What is sent again and again (double clicks, deliveries that are repeated after no answer), at once, to two servers of which one dies meanwhile: one execution each.</summary>
public sealed class RepeatTests : IDisposable
{
    private const int MostDeliveries = 20;
    private const int InFlight = 48;
    private const int Kills = 3;
    private const int Submissions = 5000;
    private const int Deliveries = 10_000;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> answers = new();
    private readonly SemaphoreSlim doors = new(InFlight);
    private int sent, unanswered;

    [Fact]
    public async Task Submissions_and_webhooks_that_come_many_times_start_one_execution_each_and_are_all_told_which()
    {
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        var random = new Random(Setting.Seed);
        var keys = Keys(random);
        var killing = KillAsync(rig, keys.Sum(key => key.Times));
        await Task.WhenAll(keys.Select(key => SendAsync(rig, key.Name, key.IsHook, key.Times)));
        await killing;
        Assert.Empty(await rig.SettleAsync(Limit));
        Assert.All(answers, answer => Assert.Single(answer.Value.Distinct()));
        var there = await rig.Invariants.AskAsync($"select id from executions where flow_id in ('quick', '{Flows.Hooked}')");
        Assert.Equal(answers.Values.Select(ids => ids.First()).Order(), there.Order());
        Report.Goal($"R-46, R-47: {Submissions} submissions sent twice at once to two servers and {Deliveries} deliveries of {keys.Count - Submissions} webhooks, each up to {MostDeliveries} times at once; {Kills} kills, {unanswered} of {sent} without an answer: one execution each, every answer names it");
    }

    public void Dispose() => doors.Dispose();

    /// <summary>Submissions and webhooks among each other.</summary>
    private static List<(string Name, bool IsHook, int Times)> Keys(Random random)
    {
        var keys = Enumerable.Range(0, Submissions).Select(number => (Name: $"submitted-{number}", IsHook: false, Times: 2)).ToList();
        for (var left = Deliveries; left > 0; left -= keys[^1].Times) keys.Add(($"called-{left}", true, Math.Min(left, random.Next(1, MostDeliveries + 1))));
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(keys));
        return keys;
    }

    /// <summary>One of the servers dies when a part of everything was sent, and comes back.</summary>
    private async Task KillAsync(Rig rig, int all)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            while (sent < all * kill / (Kills + 1)) await Task.Delay(Again);
            await rig.Servers[0].KillAsync();
            await rig.RunAgainAsync(0);
        }
    }

    /// <summary>All at once, the first at one server and the second at the other; who gets no answer sends again.</summary>
    private async Task SendAsync(Rig rig, string key, bool isHook, int times)
    {
        await doors.WaitAsync();
        try
        {
            using var limit = new CancellationTokenSource(Limit);
            await Task.WhenAll(Enumerable.Range(0, times).Select(async time =>
            {
                for (var server = time; !await DeliverAsync(rig, key, isHook, server % 2); server++) await Task.Delay(Again, limit.Token);
            }));
        }
        finally
        {
            doors.Release();
        }
    }

    /// <summary>True when it was accepted.</summary>
    private async Task<bool> DeliverAsync(Rig rig, string key, bool isHook, int server)
    {
        Interlocked.Increment(ref sent);
        var answer = isHook ? await rig.Apis[server].CallHookAsync(key) : await rig.Apis[server].StartAsync("quick", key);
        if (answer is not { IsAccepted: true })
        {
            Interlocked.Increment(ref unanswered);
            Assert.True(answer is null or { Status: 503 }, $"{key}: {answer?.Status} {answer?.Body}");
            return false;
        }
        answers.GetOrAdd(key, _ => []).Add(answer.Id);
        return true;
    }
}
