using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>Streams whose bytes were corrupted on disk: each of them stands still and says why, while every other execution goes on, also when a process starts and finds them.</summary>
[Collection(Crowds.Name)]
public sealed class QuarantineTests
{
    private const int Each = 5;
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Ways to corrupt what is stored of the execution $1. Snapshots are written at rests and ends, so the first ones need none.</summary>
    private static readonly IReadOnlyList<(string Name, string Sql)> Poisons =
    [
        ("events cut off", "update journal set events = substring(events from 1 for length(events) / 2) where version = 1 and execution_id = '$1'"),
        ("events without a byte", "update journal set events = ''::bytea where version = 1 and execution_id = '$1'"),
        ("a byte flipped", "update journal set events = set_byte(events, length(events) / 2, 255) where version = 1 and execution_id = '$1'"),
        ("packed bytes that are none", "update journal set events = '\\x00deadbeef'::bytea where version = 1 and execution_id = '$1'"),
        ("JSON of something else", "update journal set events = convert_to('{\"a\": 1}', 'UTF8') where version = 1 and execution_id = '$1'"),
        ("null instead of events", "update journal set events = convert_to('[null]', 'UTF8') where version = 1 and execution_id = '$1'"),
        ("an unknown kind of event", "update journal set events = convert_to('[{\"$type\": \"execution_imagined\"}]', 'UTF8') where version = 1 and execution_id = '$1'"),
        ("the beginning of another execution", "update journal set events = (select o.events from journal o where o.version = 1 and o.execution_id <> '$1' limit 1) where version = 1 and execution_id = '$1'"),
        ("a version far ahead", "update executions set version = version + 1000000 where id = '$1'"),
        ("a row of events gone", "delete from journal where version = 1 and execution_id = '$1'"),
    ];

    [Fact]
    public async Task Execution_that_was_corrupted_on_disk_stands_still_and_says_why_while_all_others_go_on()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        var flow = await first.SaveAsync("id: ask\nnamespace: poison\ntasks:\n  - {id: ask, type: core.flow.Pause, timeout: PT1H}\n  - {id: after, type: core.log.Log, message: on}\n");
        var queue = await first.SaveAsync("id: queue\nnamespace: poison\nconcurrency: {limit: 1}\ntasks:\n  - {id: ask, type: core.flow.Pause}\n");
        var healthy = await StartAsync(first, flow, Poisons.Count * Each);
        var holder = await first.StartAsync(queue);
        var bad = new List<(string Id, string Poison)>();
        foreach (var (name, sql) in Poisons)
            foreach (var id in await StartAsync(first, flow, Each))
            {
                await first.ChangeAsync("update executions set snapshot = null, snapshot_version = 0 where id = '$1'; ".Replace("$1", id, StringComparison.Ordinal) + sql.Replace("$1", id, StringComparison.Ordinal));
                bad.Add((id, name));
            }
        // Who is first in a queue and turns out to be damaged does not hold up those behind, and what was to wake a damaged one does not hold up what is to wake others.
        var heads = await StartAsync(first, queue, 2);
        foreach (var head in heads) await first.ChangeAsync(Poisons[0].Sql.Replace("$1", head, StringComparison.Ordinal));
        var behind = await first.StartAsync(queue);
        var letters = string.Join(", ", bad.Select(one => $"('letter-{one.Id}', '{one.Id}', convert_to('{{\"$type\": \"advance\"}}', 'UTF8'))"));
        await first.ChangeAsync($"insert into letters (id, execution_id, command) values {letters}; insert into letters (id, execution_id, command) values ('no-letter', '{healthy[0]}', 'no command'); insert into timers (id, execution_id, due, command) values ('no-timer', '{healthy[0]}', now(), 'no command'); update executions set inputs = 'no inputs' where id = '{bad[0].Id}'; update waits set wait = 'no question' where execution_id = '{bad[1].Id}'");

        // A process that starts in the midst of them, and one that has never heard of them.
        await using var second = await RuntimeHost.StartAsync(data.Path, ("FlowApps:Node", "second"));
        var began = TimeProvider.System.GetTimestamp();
        foreach (var (id, poison) in bad)
            foreach (var ask in new Func<Task>[] { () => second.Executions.FindAsync(id, None), () => second.Executions.KillAsync(id, true, Asker.System, None), () => second.Executions.ResumeAsync(id, null, Data.Map(), "approved", null, null, Asker.System, None) })
            {
                var refused = await Assert.ThrowsAsync<RefusedException>(ask);
                Assert.True(refused.Kind == RefusalKind.Quarantined && refused.Message.Contains(id, StringComparison.Ordinal), $"{poison}: {refused}");
            }
        var slowest = TimeSpan.Zero;
        foreach (var id in healthy)
        {
            var asked = TimeProvider.System.GetTimestamp();
            await second.Executions.ResumeAsync(id, null, Data.Map(), "approved", null, null, new Asker("ines"), None);
            Assert.Equal(State.Success, (await second.EndAsync(id)).State.Current);
            if (TimeProvider.System.GetElapsedTime(asked) is var took && took > slowest) slowest = took;
        }
        await second.Executions.ResumeAsync(holder.Id, null, Data.Map(), "approved", null, null, new Asker("ines"), None);
        await second.UntilAsync(behind.Id, State.Paused);

        // They are in the lists with everybody else, and say among their lines why they stand still.
        var listed = await second.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = "poison" }, new PageRequest(1, 1000), None);
        Assert.Equal(healthy.Count + bad.Count + 4, listed.Results.Count);
        var questions = await second.Get<IWaitStore>().SearchAsync(new WaitQuery { Namespace = "poison" }, new PageRequest(1, 1000), None);
        Assert.Equal(bad.Count, questions.Results.Count);
        foreach (var (id, _) in bad)
            await second.UntilNoneAsync($"select count(*) from executions where id = '{id}' and not exists (select from logs where execution_id = '{id}' and message like 'What is stored of {id} is damaged: %')");
        Assert.True(await second.Executions.DeleteAsync(bad[0].Id, true, true, true, None));
        Assert.Null(await second.Executions.FindAsync(bad[0].Id, None));
        Report.Goal($"R-36: {bad.Count} streams corrupted on disk in {Poisons.Count} ways, found by a process that runs and by one that starts: each refused with its reason, {healthy.Count} others answered beside them, the slowest in {slowest.TotalMilliseconds:0} ms");
    }

    private static async Task<IReadOnlyList<string>> StartAsync(RuntimeHost host, FlowId flow, int count)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++) ids.Add((await host.StartAsync(flow)).Id);
        return ids;
    }
}
