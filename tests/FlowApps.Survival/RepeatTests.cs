using System.Collections.Concurrent;
using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>What is sent again and again (double clicks, deliveries that are repeated after no answer), at once, to two servers of which one dies meanwhile: one execution each.</summary>
public sealed class RepeatTests
{
    private const int AtOnce = 10;
    private const int MostDeliveries = 20;
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly int Batches = Times.Of(6, 200);
    private readonly ConcurrentDictionary<string, ConcurrentBag<string>> answers = new();
    private int sent, unanswered;

    [Fact]
    public async Task Submissions_and_webhooks_that_come_many_times_start_one_execution_each_and_are_all_told_which()
    {
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        var random = new Random(Setting.Seed);
        for (var batch = 0; batch < Batches; batch++)
        {
            var keys = Enumerable.Range(0, AtOnce).Select(number => $"repeat-{batch}-{number}").ToList();
            var deliveries = keys.SelectMany(key => Enumerable.Range(0, random.Next(1, MostDeliveries + 1)).Select(time => DeliverAsync(rig, key, time % 2))).ToList();
            var dies = batch % 3 == 1;
            if (dies)
            {
                await Task.WhenAny(deliveries);
                await rig.Servers[0].KillAsync();
            }
            await Task.WhenAll(deliveries);
            if (dies) await rig.RunAgainAsync(0);
            using var limit = new CancellationTokenSource(Limit);
            foreach (var key in keys)
                while (!await DeliverAsync(rig, key, 1)) await Task.Delay(Again, limit.Token);
        }
        Assert.Empty(await rig.SettleAsync(Limit));
        Assert.All(answers, answer => Assert.Single(answer.Value.Distinct()));
        var there = await rig.Invariants.AskAsync($"select id from executions where flow_id in ('quick', '{Flows.Hooked}')");
        Assert.Equal(answers.Values.Select(ids => ids.First()).Order(), there.Order());
        Report.Goal($"R-46, R-47: {sent} deliveries of {answers.Count} submissions and webhooks at two servers, {(Batches + 1) / 3} kills, {unanswered} without an answer: one execution each, every answer names it");
    }

    /// <summary>Half of the keys are submissions, half are calls of the webhook. True when it was accepted.</summary>
    private async Task<bool> DeliverAsync(Rig rig, string key, int server)
    {
        Interlocked.Increment(ref sent);
        var answer = key[^1] % 2 == 0 ? await rig.Apis[server].StartAsync("quick", key) : await rig.Apis[server].CallHookAsync(key);
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
