using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;

namespace FlowApps.Runtime.Tests.Executions;

[Collection(SharedRuntime.Name)]
public sealed class ApprovalTests(RuntimeFixture fixture)
{
    private readonly RuntimeHost host = fixture.Host;

    [Fact]
    public async Task One_of_32_answers_wins_and_its_input_is_kept()
    {
        var flow = await host.SaveAsync("""
            id: ask
            namespace: run.approve
            tasks:
              - id: approve
                type: io.kestra.plugin.core.flow.Pause
                onResume:
                  - id: reason
                    type: STRING
              - id: after
                type: io.kestra.plugin.core.debug.Return
                format: "{{ outputs.approve.onResume.reason }}"
            """);
        var paused = await host.StartAsync(flow);
        Assert.Equal(State.Paused, paused.State.Current);
        var run = paused.TaskRuns.First();
        Assert.Single((await host.Get<IWaitStore>().SearchAsync(new WaitQuery { Namespace = "run.approve" }, new PageRequest(), CancellationToken.None)).Results);
        using var gate = new SemaphoreSlim(0);
        var answers = Enumerable.Range(0, 32).Select(async i =>
        {
            await gate.WaitAsync();
            try
            {
                await host.Executions.ResumeAsync(paused.Id, run.Id, Data.Map(("reason", $"r{i}")), "approved", null, null, new Asker($"p{i}"), CancellationToken.None);
                return i;
            }
            catch (RefusedException e) when (e.Kind == RefusalKind.Conflict)
            {
                Assert.Contains("already decided by p", e.Message, StringComparison.Ordinal);
                return -1;
            }
        }).ToList();
        gate.Release(32);
        var winner = Assert.Single(await Task.WhenAll(answers), i => i >= 0);
        var ended = await host.EndAsync(paused.Id);
        Assert.Equal($"r{winner}", ended.TaskRuns.Last().Outputs!["value"]);
        var wait = await host.Get<IWaitStore>().FindAsync(paused.Id, run.Id, CancellationToken.None);
        Assert.Equal($"p{winner}", wait!.Decision!.By);
    }

    [Fact]
    public async Task Answer_is_refused_when_the_page_was_out_of_date()
    {
        var flow = await host.SaveAsync("""
            id: stale
            namespace: run.stale
            tasks:
              - id: approve
                type: io.kestra.plugin.core.flow.Pause
            """);
        var paused = await host.StartAsync(flow);
        var version = (await host.Executions.FindAsync(paused.Id, CancellationToken.None))!.Value.Version;
        var refused = await Assert.ThrowsAsync<RefusedException>(() =>
            host.Executions.ResumeAsync(paused.Id, null, Data.Map(), "approved", null, version - 1, new Asker("a"), CancellationToken.None));
        Assert.Equal(RefusalKind.Conflict, refused.Kind);
        Assert.Equal(State.Paused, (await host.Executions.FindAsync(paused.Id, CancellationToken.None))!.Value.Execution.State.Current);
        await host.Executions.ResumeAsync(paused.Id, null, Data.Map(), "approved", null, version, new Asker("a"), CancellationToken.None);
        Assert.Equal(State.Success, (await host.EndAsync(paused.Id)).State.Current);
    }
}
