using FlowApps.Testing;

namespace FlowApps.Survival;

/// <summary>A test programme that cannot fail proves nothing: each planted bug, which another engine had, must be found by the rig.</summary>
[Trait("Category", "Chaos")]
public sealed class ControlTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public Task Answer_before_the_commit_is_found() => FindAsync("answer-before-commit", 1, async rig =>
    {
        for (var number = 0; number < 3; number++) rig.Acks.Write($"early-{number}", (await rig.Apis[0].StartAsync("quick", $"early-{number}"))!.Id);
        await rig.Servers[0].KillAsync();
        return await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, [], []);
    });

    [Fact]
    public Task Work_that_is_visible_before_its_execution_is_found() => FindAsync("work-before-commit", 1, rig => DieBetweenAsync(rig, "process"));

    [Fact]
    public Task Timer_in_a_second_transaction_is_found() => FindAsync("timer-after-commit", 1, rig => DieBetweenAsync(rig, "child"));

    [Fact]
    public Task Tick_without_the_version_of_its_row_is_found() => FindAsync("tick-without-key", 2, async rig =>
    {
        for (var waited = 0; waited < Limit.TotalMilliseconds; waited += 200)
        {
            var doubled = await rig.Invariants.AskAsync("select convert_from(inputs, 'UTF8') from executions where flow_id = 'ticking' group by inputs having count(*) > 1");
            if (doubled.Count > 0) return doubled;
            await Task.Delay(200);
        }
        return [];
    });

    [Fact]
    public Task Slots_that_each_server_counts_for_itself_are_found() => FindAsync("counted-slots", 2, async rig =>
    {
        var starts = Task.WhenAll(Enumerable.Range(0, 60).Select(number => rig.Apis[number % 2].StartAsync(Flows.Limited, $"slot-{number}")));
        while (true)
        {
            var done = starts.IsCompleted;
            var violations = await rig.Invariants.AtThisMomentAsync() ?? [];
            if (violations.Count > 0 || done && (await rig.SettleAsync(TimeSpan.Zero)).Count == 0) return violations;
        }
    });

    [Fact]
    public Task Decision_that_overwrites_another_is_found() => FindAsync("approval-without-version", 2, async rig =>
    {
        for (var wait = 0; wait < 100; wait++)
        {
            var id = (await rig.Apis[0].StartAsync(MixedLoad.Waiting, $"wait-{wait}"))!.Id;
            await rig.Apis[1].UntilAsync(id, "PAUSED");
            await Task.WhenAll(Enumerable.Range(0, 2).Select(async person =>
            {
                if (await rig.Apis[person].ResumeAsync(id, $"{person}") is { IsAccepted: true }) rig.Decisions.Write(id, $"{person}");
            }));
            var violations = await rig.Invariants.AtTheEndAsync([], rig.Decisions.Lines, []);
            if (violations.Count > 0) return violations;
        }
        return [];
    });

    [Fact]
    public Task Success_that_a_start_overwrites_is_found() => FindAsync("failed-over-success", 1, async rig =>
    {
        rig.Acks.Write("ended", (await rig.Apis[0].StartAsync("quick", "ended"))!.Id);
        await rig.SettleAsync(Limit);
        await rig.Servers[0].KillAsync();
        await rig.RunAgainAsync(0);
        for (var waited = 0; waited < Limit.TotalMilliseconds; waited += 200)
        {
            var violations = await rig.Invariants.AtTheEndAsync(rig.Acks.Lines, [], []);
            if (violations.Count > 0) return violations;
            await Task.Delay(200);
        }
        return [];
    });

    [Fact]
    public Task Report_that_is_believed_whatever_its_epoch_is_found() => FindAsync("no-lease-epoch", 2, async rig =>
    {
        await rig.Apis[0].InstallAsync(Flows.LongOf(10, rig.Ledger.Address));
        var id = (await rig.Apis[0].StartAsync(Flows.Long, "long"))!.Id;
        await BegunAsync(rig, 1);
        rig.Servers[0].Send("STOP");
        await BegunAsync(rig, 2);
        rig.Servers[0].Send("CONT");
        await rig.SettleAsync(Limit);
        var accepted = (await rig.Apis[1].ExecutionAsync(id)).GetProperty("taskRunList")[0].GetProperty("outputs").GetProperty("vars").GetProperty("begun").GetString();
        return accepted == rig.Ledger.Calls[^1].Key ? [] : [$"the result of {id} is from the beginning {accepted}, not from the last one"];
    });

    private async Task FindAsync(string plant, int servers, Func<Rig, Task<IReadOnlyList<string>>> look)
    {
        await using var rig = await Rig.StartAsync(servers, plant);
        await rig.InstallAsync();
        var found = await look(rig);
        Assert.NotEmpty(found);
        Report.Goal($"planted bug {plant}: found ({found[0]})");
    }

    /// <summary>The process dies between the two halves; what is on disk then is looked at before anybody repairs it.</summary>
    private static async Task<IReadOnlyList<string>> DieBetweenAsync(Rig rig, string flow)
    {
        rig.Servers[0].Tell("planted-between-two-commits");
        await rig.Apis[0].StartAsync(flow, "between");
        using var limit = new CancellationTokenSource(Limit);
        await rig.Servers[0].EndedAsync(limit.Token);
        return await rig.Invariants.AtThisMomentAsync() ?? [];
    }

    private static async Task BegunAsync(Rig rig, int count)
    {
        for (var waited = 0; rig.Ledger.Calls.Count < count; waited += 50)
        {
            Assert.True(waited < Limit.TotalMilliseconds, "It did not begin.");
            await Task.Delay(50);
        }
    }
}
