using System.Text;
using FlowApps.Domain.Executions;
using FlowApps.Domain.Files;
using FlowApps.Domain.Flows;
using FlowApps.Domain.FlowTests;
using FlowApps.Domain.Problems;
using FlowApps.Domain.Values;
using FlowApps.Engine.FlowTests;
using FlowApps.Expressions;
using FlowApps.Runtime.Executions;
using FlowApps.Runtime.Flows;
using FlowApps.Runtime.Logs;
using FlowApps.Runtime.Triggers;

namespace FlowApps.Runtime.FlowTests;

/// <summary>Runs the cases of a suite, each as an execution of its own, and compares what came of it.</summary>
internal sealed class FlowTestRunner(FlowRegistry flows, IExecutions executions, IFileStore files, TriggerScopes scopes, InputReading inputs, ExpressionEngine expressions, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task<FlowTestRun> RunAsync(FlowTestSuite suite, IReadOnlyCollection<string> cases, string? by, CancellationToken cancellation)
    {
        var flow = await flows.FindAsync(suite.Flow, null, cancellation) ?? throw RefusedException.NotFound($"There is no flow {suite.Flow}.");
        var (id, begin, results) = (Ids.New(clock), clock.GetUtcNow(), new List<FlowTestCaseResult>());
        foreach (var one in suite.TestCases.Where(one => cases.Count == 0 || cases.Contains(one.Id)))
            results.Add((suite.Disabled || one.Disabled ? Of(one, FlowTestState.Skipped) : await RunAsync(flow, one, by, cancellation)) with { Description = one.Description });
        return new FlowTestRun
        {
            Id = id,
            TestSuiteId = suite.Id,
            Namespace = suite.Namespace,
            FlowId = suite.FlowId,
            State = Whole(results),
            StartDate = begin,
            EndDate = clock.GetUtcNow(),
            Results = results,
        };
    }

    private async Task<FlowTestCaseResult> RunAsync(Flow flow, FlowTestCase one, string? by, CancellationToken cancellation)
    {
        var id = executions.NewId();
        try
        {
            var start = await StartOfAsync(flow, one, id, by, cancellation);
            var news = executions.WatchAsync(id, cancellation);
            var ended = await EndOfAsync(await executions.StartAsync(start, cancellation), news, cancellation);
            return Compare(flow, one, ended);
        }
        catch (Exception e) when (e is RefusedException or ExpressionException or FormatException)
        {
            return Of(one, FlowTestState.Error) with { Errors = [new FlowTestError(e.Message)] };
        }
        catch (StuckException stuck)
        {
            await executions.KillAsync(id, cascade: true, Asker.System, CancellationToken.None);
            return Of(one, FlowTestState.Error) with { ExecutionId = id, Errors = [new FlowTestError(stuck.Message)] };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            if (await executions.FindAsync(id, CancellationToken.None) is not null) await executions.KillAsync(id, cascade: true, Asker.System, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Puts the files where the execution finds them and renders the fixtures. Errors: of expressions; refusals.</summary>
    private async Task<StartExecution> StartOfAsync(Flow flow, FlowTestCase one, string id, string? by, CancellationToken cancellation)
    {
        var uris = Data.Map();
        foreach (var (name, content) in one.Fixtures.Files) uris[name] = await UriOfAsync(flow, id, name, content, cancellation);
        var trigger = one.Fixtures.Trigger;
        var scope = scopes.ScopeFor(flow, null, trigger?.Variables ?? Data.Map()).With("files", uris);
        IReadOnlyDictionary<string, object?> Rendered(IReadOnlyDictionary<string, object?> map) => (IReadOnlyDictionary<string, object?>?)expressions.RenderDeepTyped(map, scope) ?? Data.Map();
        return new StartExecution(flow.Key, Rendered(one.Fixtures.Inputs))
        {
            Id = id,
            Kind = ExecutionKind.Test,
            By = by,
            Trigger = trigger is null ? null : new ExecutionTrigger(trigger.Id, trigger.Type, Rendered(trigger.Variables)),
            Fixtures = [.. one.Fixtures.Tasks.Select(fixture => fixture with { Outputs = fixture.Outputs is null ? null : Rendered(fixture.Outputs) })],
        };
    }

    private async Task<string> UriOfAsync(Flow flow, string id, string name, string content, CancellationToken cancellation)
    {
        if (content.StartsWith(FilePaths.Scheme, StringComparison.Ordinal) || content.StartsWith("nsfile://", StringComparison.Ordinal)) return content;
        var path = $"{FilePaths.Execution(flow.Namespace, flow.Id, id)}/fixtures/{name}";
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(content));
        await files.PutAsync(path, text, cancellation);
        return FilePaths.Uri(path);
    }

    /// <summary>Errors: <see cref="StuckException"/> when it waits for somebody, or takes too long.</summary>
    private async Task<Execution> EndOfAsync(Execution execution, IAsyncEnumerable<ExecutionNews> news, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Longest, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (Look(execution)) return execution;
            await foreach (var item in news.WithCancellation(either.Token))
                if ((item.State.IsTerminal || item.State is State.Paused or State.Breakpoint) && (await executions.FindAsync(execution.Id, either.Token))?.Execution is { } now && Look(now)) return now;
            return await executions.WaitForEndAsync(execution.Id, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new StuckException($"It was not over after {Longest.TotalMinutes:0} minutes and was stopped.");
        }
    }

    /// <summary>Whether it is over.</summary>
    private static bool Look(Execution execution)
    {
        if (execution.IsSettled) return true;
        var waiting = execution.State.Current is State.Paused ? execution.TaskRuns.FirstOrDefault(run => run.State.Current == State.Paused && run.WakeAt is null) : null;
        return waiting is null ? false : throw new StuckException($"The task '{waiting.TaskId}' waits for an answer. Give it a fixture with the outputs that an answer would have.");
    }

    private FlowTestCaseResult Compare(Flow flow, FlowTestCase one, Execution ended)
    {
        var state = ended.State.Current;
        var results = one.Assertions.SelectMany(assertion => Compare(flow, assertion, ended)).ToList();
        if (one.ExpectedState is { } wanted) results.Insert(0, new FlowTestAssertionResult("expectedState", wanted.Word, state.Word, state == wanted));
        var result = Of(one, results.TrueForAll(each => each.IsSuccess) ? FlowTestState.Success : FlowTestState.Failed) with { ExecutionId = ended.Id, AssertionResults = results };
        var broken = one.ExpectedState is null && state is State.Failed or State.Killed && !one.Fixtures.Tasks.Any(fixture => fixture.State == state);
        return !broken ? result : result with { State = FlowTestState.Error, Errors = [new FlowTestError($"The execution ended {state.Word}{Why(ended)}. If it should, say `expectedState: {state.Word}`.")] };
    }

    private static string Why(Execution ended)
    {
        var run = ended.TaskRuns.FirstOrDefault(run => run.State.Current == State.Failed && run.Error is not null);
        return run is not null ? $": the task '{run.TaskId}' says “{run.Error}”" : ended.Error is { } error ? $": {error}" : "";
    }

    private IEnumerable<FlowTestAssertionResult> Compare(Flow flow, FlowTestAssertion assertion, Execution ended)
    {
        var mask = new SecretMask();
        var run = assertion.TaskId is { } task ? ended.TaskRuns.FirstOrDefault(each => each.TaskId == task) : null;
        var scope = inputs.ScopeOf(flow, ended, run, mask);
        foreach (var (name, wanted) in assertion.Comparisons())
        {
            object? actual = null, expected = wanted;
            string? error = null;
            var holds = false;
            try
            {
                actual = Actual(assertion.Value, scope);
                expected = expressions.RenderDeepTyped(wanted, scope);
                holds = Comparison.Holds(name, actual, expected);
                if (!holds) error = assertion.ErrorMessage;
            }
            catch (Exception e) when (e is ExpressionException or FormatException)
            {
                error = mask.Apply(e.Message);
            }
            yield return new FlowTestAssertionResult(name, Masked(expected, mask), Masked(actual, mask), holds) { TaskId = assertion.TaskId, Description = assertion.Description, ErrorMessage = error };
        }
    }

    /// <summary>What is not there is null.</summary>
    private object? Actual(object value, Scope scope)
    {
        try
        {
            return expressions.RenderDeepTyped(value, scope);
        }
        catch (UndefinedException)
        {
            return null;
        }
    }

    private static object? Masked(object? value, SecretMask mask) => value is string text ? mask.Apply(text) : value is null or bool or int or long or double ? value : Data.Parse(mask.Apply(Data.Write(value)));

    private static FlowTestState Whole(List<FlowTestCaseResult> results) =>
        results.Exists(result => result.State == FlowTestState.Error) ? FlowTestState.Error
        : results.Exists(result => result.State == FlowTestState.Failed) ? FlowTestState.Failed
        : results.TrueForAll(result => result.State == FlowTestState.Skipped) ? FlowTestState.Skipped : FlowTestState.Success;

    private static FlowTestCaseResult Of(FlowTestCase one, FlowTestState state) => new(one.Id, one.Type, state);

    /// <summary>Nothing but a person or patience would bring the execution on.</summary>
    private sealed class StuckException(string message) : Exception(message);
}
