using FlowApps.Testing;
using FlowApps.Testing.Servers;

namespace FlowApps.Chaos.Tests;

/// <summary>Many answers to the same question at the same moment: one wins, and its input is the one that is kept.</summary>
public sealed class DecisionTests
{
    private const int Waits = 20;
    private const int Contenders = 10;

    [Fact]
    public async Task Each_wait_has_one_winner_whose_input_is_kept_when_two_hundred_answers_come_at_once()
    {
        await using var server = await ServerProcess.StartAsync();
        using var api = new Api(server);
        await api.InstallAsync(MixedLoad.Flows.Single(flow => flow.Id == MixedLoad.Waiting).Source);
        for (var wait = 0; wait < Waits; wait++)
        {
            var id = (await api.StartAsync(MixedLoad.Waiting, $"wait-{wait}"))!;
            while (await api.StateAsync(id) != "PAUSED") await Task.Yield();
            using var barrier = new Barrier(Contenders);
            var answers = await Task.WhenAll(Enumerable.Range(0, Contenders).Select(contender => Task.Factory.StartNew(() =>
            {
                barrier.SignalAndWait();
                return api.ResumeAsync(id, new Dictionary<string, string> { ["who"] = $"contender {contender}" });
            }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
            var winner = Assert.Single(answers.Select((answer, contender) => (answer.Status, contender)), pair => pair.Status is 200 or 204).contender;
            Assert.All(answers.Where((_, contender) => contender != winner), answer => Assert.Equal(409, answer.Status));
            while (await api.StateAsync(id) is "PAUSED" or "RUNNING" or "RESTARTED") await Task.Yield();
            var ended = await api.ExecutionAsync(id);
            Assert.Equal("SUCCESS", ended.GetProperty("state").GetProperty("current").GetString());
            var asked = ended.GetProperty("taskRunList").EnumerateArray().Single(run => run.GetProperty("taskId").GetString() == "ask");
            Assert.Equal($"contender {winner}", asked.GetProperty("outputs").GetProperty("onResume").GetProperty("who").GetString());
        }
    }
}
