using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>Many answers to the same question at the same moment, at two servers: one wins, and its input is the one that is kept.</summary>
[Trait("Category", "Chaos")]
public sealed class DecisionTests
{
    private static readonly int Waits = Times.Of(20, 200);
    private const int Contenders = 10;

    [Fact]
    public async Task Each_wait_has_one_winner_whose_input_is_kept_when_answers_come_at_once_to_two_servers()
    {
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        for (var wait = 0; wait < Waits; wait++)
        {
            var id = (await rig.Apis[wait % 2].StartAsync(MixedLoad.Waiting, $"wait-{wait}"))!.Id;
            await rig.Apis[1].UntilAsync(id, "PAUSED");
            var answers = await AtOnceAsync(Contenders, contender => rig.Apis[contender % 2].ResumeAsync(id, $"contender {contender}"));
            var winner = Assert.Single(answers.Select((answer, contender) => (answer, contender)), pair => pair.answer is { IsAccepted: true }).contender;
            Assert.All(answers.Where((_, contender) => contender != winner), answer => Assert.Equal(409, answer?.Status));
            Assert.Empty(await rig.SettleAsync(TimeSpan.FromMinutes(1)));
            Assert.Equal($"contender {winner}", await AnsweredAsync(rig, id));
        }
        Report.Goal($"approvals: {Waits} questions x {Contenders} answers at once at two servers, one winner each, its input kept");
    }

    [Fact]
    public async Task Answer_and_kill_at_the_same_moment_leave_one_legal_end()
    {
        await using var rig = await Rig.StartAsync();
        await rig.InstallAsync();
        var ended = new Dictionary<string, int>();
        for (var race = 0; race < Waits; race++)
        {
            var id = (await rig.Apis[0].StartAsync(MixedLoad.Waiting, $"race-{race}"))!.Id;
            await rig.Apis[1].UntilAsync(id, "PAUSED");
            var answers = await AtOnceAsync(2, contender => contender == 0 ? rig.Apis[race % 2].ResumeAsync(id, "ines") : rig.Apis[(race + 1) % 2].KillAsync(id));
            Assert.Empty(await rig.SettleAsync(TimeSpan.FromMinutes(1)));
            var state = await rig.Apis[0].StateAsync(id);
            Assert.True(state == "KILLED" || state == "SUCCESS" && answers[0] is { IsAccepted: true }, $"{state}, resume {answers[0]?.Status}, kill {answers[1]?.Status}");
            ended[state] = ended.GetValueOrDefault(state) + 1;
        }
        Assert.Empty(await rig.Invariants.AtTheEndAsync([], [], []));
        Report.Goal($"answer against kill: {Waits} races, ends {string.Join(", ", ended.Select(end => $"{end.Value} {end.Key}"))}");
    }

    private static async Task<string?> AnsweredAsync(Rig rig, string id) =>
        (await rig.Apis[0].ExecutionAsync(id)).GetProperty("taskRunList").EnumerateArray().Single(run => run.GetProperty("taskId").GetString() == "ask")
            .GetProperty("outputs").GetProperty("onResume").GetProperty("who").GetString();

    private static async Task<Answer?[]> AtOnceAsync(int contenders, Func<int, Task<Answer?>> answer)
    {
        using var barrier = new Barrier(contenders);
        return await Task.WhenAll(Enumerable.Range(0, contenders).Select(contender => Task.Factory.StartNew(() =>
        {
            barrier.SignalAndWait();
            return answer(contender);
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
    }
}
