using FlowApps.Domain.Approvals;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Security;
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

    /// <summary>FLOWAPPS_RACING_DECISIONS makes them more, for a long run.</summary>
    [Fact]
    public async Task Of_2000_racing_decisions_each_question_takes_as_many_as_it_needs_and_keeps_their_words()
    {
        const int people = 20;
        var questions = int.Parse(Environment.GetEnvironmentVariable("FLOWAPPS_RACING_DECISIONS") ?? "2000", System.Globalization.CultureInfo.InvariantCulture) / people;
        // The small server of the tests takes a hundred connections.
        const int atOnce = 40;
        var flow = await host.SaveAsync("""
            id: race
            namespace: run.race
            tasks:
              - id: approve
                type: core.flow.Approval
                require: 2 of finance and 1 of security
                outcomes:
                  - id: approve
                    inputs: [{id: reason, type: STRING}]
              - id: after
                type: core.debug.Return
                format: "{{ outputs.approve.decisions | length }} {{ outputs.approve.fields.reason }}"
            """);
        using var doors = new SemaphoreSlim(atOnce);
        var asked = await Task.WhenAll(Enumerable.Range(0, questions).Select(async _ =>
        {
            await doors.WaitAsync();
            try
            {
                return await host.StartAsync(flow);
            }
            finally
            {
                doors.Release();
            }
        }));
        var approvals = host.Get<IApprovals>();
        var results = await Task.WhenAll(asked.SelectMany(execution => Enumerable.Range(0, people).Select(async i =>
        {
            var asker = new Asker($"p{i}") { Groups = [i % 2 == 0 ? "finance" : "security"] };
            await doors.WaitAsync();
            try
            {
                await approvals.DecideAsync(execution.Id, execution.TaskRuns.First().Id, new SentDecision("approve") { Inputs = Data.Map(("reason", $"r{i}")), Comment = $"c{i}" }, asker, CancellationToken.None);
                return (execution.Id, Who: i);
            }
            catch (RefusedException e) when (e.Kind is RefusalKind.Conflict or RefusalKind.Forbidden)
            {
                return (execution.Id, Who: -1);
            }
            finally
            {
                doors.Release();
            }
        })));
        foreach (var execution in asked)
        {
            var taken = results.Where(result => result.Id == execution.Id && result.Who >= 0).Select(result => result.Who).ToList();
            Assert.Equal((2, 1), (taken.Count(who => who % 2 == 0), taken.Count(who => who % 2 == 1)));
            var ended = await host.EndAsync(execution.Id);
            var decisions = ((IReadOnlyList<object?>)ended.TaskRuns.First().Outputs!["decisions"]!).Cast<IReadOnlyDictionary<string, object?>>().ToList();
            Assert.Equal(taken.Select(who => $"p{who} c{who}").Order(), decisions.Select(decision => $"{decision["by"]} {decision["comment"]}").Order());
            Assert.StartsWith("3 r", (string)ended.TaskRuns.Last().Outputs!["value"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_held_decision_counts_after_its_time_even_when_nobody_looks_and_what_was_shown_can_be_read_later()
    {
        var flow = await host.SaveAsync("""
            id: held
            namespace: run.held
            inputs: [{id: amount, type: INT, defaults: 9}]
            tasks:
              - id: approve
                type: core.flow.Approval
                editable: [amount]
            """);
        var paused = await host.StartAsync(flow);
        var approvals = host.Get<IApprovals>();
        var run = paused.TaskRuns.First().Id;
        var wrong = await Assert.ThrowsAsync<RefusedException>(() => approvals.DecideAsync(paused.Id, run, new SentDecision("approve") { Changes = Data.Map(("amount", "many")) }, new Asker("ann"), CancellationToken.None));
        Assert.Equal(RefusalKind.Invalid, wrong.Kind);
        var ballot = await approvals.DecideAsync(paused.Id, run, new SentDecision("approve") { Hold = TimeSpan.FromSeconds(1), Evidence = "{\"title\":\"seen\"}", Changes = Data.Map(("amount", "4")) }, new Asker("ann"), CancellationToken.None);
        Assert.Equal(State.Paused, (await host.Executions.FindAsync(paused.Id, CancellationToken.None))!.Value.Execution.State.Current);
        var ended = await host.EndAsync(paused.Id);
        Assert.Equal((State.Success, 4), (ended.State.Current, ended.Inputs["amount"]));
        Assert.Equal("{\"title\":\"seen\"}", await approvals.EvidenceAsync(paused.Id, ballot, CancellationToken.None));
    }

    [Fact]
    public async Task A_colleague_decides_in_somebodys_place_only_where_and_while_that_was_given()
    {
        await host.Get<IDocumentStore>().WriteAsync([.. new[] { "dora", "emil" }.Select(name => new DocumentWrite("user", name, Data.Write(new User(name, name, [Role.Approver]) { Groups = name == "dora" ? ["board"] : [] })))], CancellationToken.None);
        var flow = await host.SaveAsync("""
            id: place
            namespace: run.place
            tasks:
              - id: approve
                type: core.flow.Approval
                groups: [board]
                amount: "{{ 10 * 10 }}"
            """);
        var (approvals, delegations) = (host.Get<IApprovals>(), host.Get<IDelegations>());
        var paused = await host.StartAsync(flow);
        Task<string> DecideAsync() => approvals.DecideAsync(paused.Id, paused.TaskRuns.First().Id, new SentDecision("approve") { For = "dora" }, new Asker("emil"), CancellationToken.None);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(DecideAsync)).Kind);
        var now = TimeProvider.System.GetUtcNow();
        var given = new SentDelegation("emil", now.AddDays(-1), now.AddDays(1), "run", Reason: "away");
        await delegations.GiveAsync("dora", given with { Namespace = "run.elsewhere" }, CancellationToken.None);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(DecideAsync)).Kind);
        var taken = await delegations.GiveAsync("dora", given, CancellationToken.None);
        await delegations.RevokeAsync(taken.Id, "dora", CancellationToken.None);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(DecideAsync)).Kind);
        var small = await delegations.GiveAsync("dora", given with { Limit = 99 }, CancellationToken.None);
        Assert.Equal(RefusalKind.Forbidden, (await Assert.ThrowsAsync<RefusedException>(DecideAsync)).Kind);
        await delegations.RevokeAsync(small.Id, "emil", CancellationToken.None);
        await delegations.GiveAsync("dora", given with { Limit = 100 }, CancellationToken.None);
        await DecideAsync();
        var told = (IReadOnlyDictionary<string, object?>)((IReadOnlyList<object?>)(await host.EndAsync(paused.Id)).TaskRuns.First().Outputs!["decisions"]!)[0]!;
        Assert.Equal(("emil", "dora"), (told["by"], told["for"]));
    }
}
