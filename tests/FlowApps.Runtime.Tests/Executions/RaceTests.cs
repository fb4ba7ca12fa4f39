using System.Collections.Concurrent;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Testing;

namespace FlowApps.Runtime.Tests.Executions;

/// <summary>
/// Two things that happen to one execution at the same moment, each at another of two processes: a person's answer, a kill, a restart, the end of a pause, a retry that is due. Whoever
/// is first, the end is a legal one.
/// </summary>
[Collection(Crowds.Name)]
public sealed class RaceTests : IDisposable
{
    private const int Races = 1000;
    private const int AtOnce = 64;
    private const string Settler = "settler";

    /// <summary>Long enough to start them all before the first timer is due.</summary>
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Spread = TimeSpan.FromMilliseconds(4);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly SemaphoreSlim doors = new(AtOnce);

    public enum Kind { Approve, Kill, TimeOut, Retry, Restart }

    [Fact]
    public async Task Any_two_of_answer_kill_time_out_retry_and_restart_at_the_same_moment_leave_one_legal_end()
    {
        using var data = new DataFolder();
        await using var first = await RuntimeHost.StartAsync(data.Path);
        await using var second = await RuntimeHost.StartAsync(data.Path);
        var kinds = Enum.GetValues<Kind>();
        foreach (var (one, other) in kinds.SelectMany(one => kinds.Where(other => other > one).Select(other => (one, other))))
        {
            var flow = await first.SaveAsync(Source(one, other));
            var tries = await Task.WhenAll(Enumerable.Range(0, Races).Select(number => TryAsync(number % 2 == 0 ? [first, second] : [second, first], flow, one, other)));
            await SettleAsync(first, flow);
            var ends = new ConcurrentDictionary<string, int>();
            await Parallel.ForEachAsync(tries, async (attempt, _) =>
            {
                var execution = (await first.Executions.FindAsync(attempt.Id, None))!.Value.Execution;
                var events = await first.Get<IExecutionStore>().EventsAsync(attempt.Id, 0, int.MaxValue, None);
                Legality.Check(execution, events);
                IsAsTold(attempt, execution, events);
                ends.AddOrUpdate(execution.State.Current.Word, 1, (_, count) => count + 1);
            });
            Assert.Equal(0, await first.CountAsync($"select count(*) from work w join executions e on e.id = w.execution_id where e.flow_id = '{flow.Id}' and e.state >= 9"));
            Assert.Equal(0, await first.CountAsync($"select count(*) from waits w join executions e on e.id = w.execution_id where e.flow_id = '{flow.Id}' and e.state >= 9 and w.decided_at is null"));
            Report.Goal($"R-42: {one} against {other}, {Races} races at two processes: {string.Join(", ", ends.OrderBy(end => end.Key).Select(end => $"{end.Value} {end.Key}"))}{Told(tries, 0, one)}{Told(tries, 1, other)}");
        }
    }

    public void Dispose() => doors.Dispose();

    /// <summary>Those that wait go on, so that every one comes to an end.</summary>
    private async Task SettleAsync(RuntimeHost host, FlowId flow)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            var open = await host.Get<IExecutionStore>().SearchAsync(new ExecutionQuery { Namespace = flow.Namespace, FlowId = flow.Id, States = [.. Enum.GetValues<State>().Where(state => !state.IsTerminal)] }, new PageRequest(1, Races), None);
            if (open.Results.Count == 0) return;
            foreach (var waiting in open.Results.Where(execution => execution.State is State.Paused))
                await GuardedAsync(() => host.Executions.ResumeAsync(waiting.Id, null, Data.Map(("who", Settler)), "approved", null, null, new Asker(Settler), None));
            await Task.Delay(50, limit.Token);
        }
    }

    private async Task<Attempt> TryAsync(RuntimeHost[] hosts, FlowId flow, Kind one, Kind other)
    {
        var execution = await GuardedAsync(() => hosts[0].StartAsync(flow)) ?? throw new InvalidOperationException("A start was refused.");
        var due = execution.TaskRuns.Select(run => run.WakeAt).OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        Kind[] kinds = [one, other];
        var taken = await Task.WhenAll(kinds.Select((kind, contender) => Task.Run(async () =>
        {
            if (kind is Kind.TimeOut or Kind.Retry) return false;
            var wait = due - TimeProvider.System.GetUtcNow() + Spread * (Random.Shared.NextDouble() * 2 - 1);
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            var executions = hosts[contender].Executions;
            return await GuardedAsync(() => kind switch
            {
                Kind.Approve => executions.ResumeAsync(execution.Id, null, Data.Map(("who", kind.ToString())), "approved", null, null, new Asker(kind.ToString()), None),
                Kind.Kill => executions.KillAsync(execution.Id, true, new Asker(kind.ToString()), None),
                _ => executions.RestartAsync(execution.Id, null, new Asker(kind.ToString()), None),
            }) is not null;
        })));
        return new Attempt(execution.Id, [one, other], taken);
    }

    /// <summary>Null when it was refused, as the late one of a race is.</summary>
    private async Task<Execution?> GuardedAsync(Func<Task<Execution>> ask)
    {
        await doors.WaitAsync();
        try
        {
            return await ask();
        }
        catch (RefusedException e) when (e.Kind is RefusalKind.Conflict or RefusalKind.Invalid)
        {
            return null;
        }
        finally
        {
            doors.Release();
        }
    }

    /// <summary>Timers are told nothing.</summary>
    private static string Told(Attempt[] tries, int contender, Kind kind) => kind is Kind.TimeOut or Kind.Retry ? "" : $"; {kind} accepted {tries.Count(attempt => attempt.Taken[contender])}";

    /// <summary>Who was told that it worked finds it so in the end, and who was refused left no trace.</summary>
    private static void IsAsTold(Attempt attempt, Execution execution, IReadOnlyList<ExecutionEvent> events)
    {
        var answers = events.OfType<WaitAnswered>().Select(answer => answer.By).ToList();
        var ask = execution.TaskRuns.FirstOrDefault(run => run.TaskId == "ask");
        for (var contender = 0; contender < 2; contender++)
            switch (attempt.Kinds[contender])
            {
                case Kind.Approve:
                    Assert.Equal(attempt.Taken[contender] ? 1 : 0, answers.Count(by => by == nameof(Kind.Approve)));
                    if (attempt.Taken[contender]) Assert.Equal(nameof(Kind.Approve), ((IReadOnlyDictionary<string, object?>)ask!.Outputs!["onResume"]!)["who"]);
                    break;
                case Kind.Kill:
                    Assert.Equal(attempt.Taken[contender], execution.State.Current == State.Killed);
                    break;
                case Kind.Restart:
                    Assert.Equal(attempt.Taken[contender], events.OfType<ExecutionStateChanged>().Any(change => change is { State: State.Restarted, By: nameof(Kind.Restart) }));
                    break;
            }
    }

    /// <summary>A question that somebody answers, if it is one of the two; a task that fails and is tried again, if that is.</summary>
    private static string Source(Kind one, Kind other)
    {
        Kind[] kinds = [one, other];
        var seconds = $"PT{Due.TotalSeconds}S";
        var timeout = kinds.Contains(Kind.TimeOut) ? $", timeout: {seconds}" : "";
        var flaky = kinds.Contains(Kind.Retry) ? $"      - {{id: flaky, type: core.execution.Fail, retry: {{type: constant, interval: {seconds}, maxAttempts: 2}}}}\n" : "";
        var ask = kinds is [Kind.Retry, Kind.Restart] ? "" : $"      - {{id: ask, type: core.flow.Pause{timeout}, onResume: [{{id: who, type: STRING}}]}}\n";
        return $"id: {one}-{other}\nnamespace: races\ntasks:\n  - id: both\n    type: core.flow.Parallel\n    tasks:\n{ask}{flaky}";
    }

    private sealed record Attempt(string Id, Kind[] Kinds, bool[] Taken);
}
