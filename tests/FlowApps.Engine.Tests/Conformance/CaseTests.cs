using FlowApps.Domain.Executions;
using FlowApps.Domain.Values;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Inputs;
using FlowApps.Engine.Tests.Harness;
using FlowApps.Expressions;
using FlowApps.Testing.Conformance;
using Map = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace FlowApps.Engine.Tests.Conformance;

/// <summary>Flows of the corpus, run in process with their real tasks: end states, task runs, restarts and replays.</summary>
public sealed class CaseTests
{
    /// <summary>These look at stores, files, secrets, the server or its settings, or at other executions, and are graded over HTTP.</summary>
    private static readonly HashSet<string> Outside =
    [
        "get-log", "get-log-taskid", "get-log-executionid", "secrets", "kv-found", "kv-missing", "state-three-runs", "state-each", "input-log-secret", "inputs-flow", "inputs-large", "log-to-file",
        "working-directory-success", "working-directory-each", "working-directory-outputs", "working-directory-inputs", "working-directory-cache", "with-template", "for-each-item", "for-each-item-no-wait",
        "for-each-item-failed", "for-each-item-outputs", "multiple-condition-failed", "flow-trigger-preconditions", "flow-trigger-with-pause", "resume-execution-task", "trigger-toggle", "variables",
        "replay-unknown-taskrun", "restart-without-failure", "delete-execution-keep-logs", "pause-resume-killing", "minimal-scheduled-date", "npe-labels-update-task", "primitive-labels-flow",
        "flow-concurrency-cancel", "flow-concurrency-fail", "flow-concurrency-queue", "pause-on-resume", "retry-new-execution-flow-attempts", "restart-working-directory", "errors",
    ];

    public static TheoryData<string> Names() => [.. Corpus.Set("cases").Where(c => !Outside.Contains((string)c["case"]!) && c["category"] is not ("api" or "webhook")).Select(c => (string)c["case"]!)];

    [CorpusTheory]
    [MemberData(nameof(Names))]
    public void Case_ends_as_the_corpus_says(string name)
    {
        var @case = Corpus.Set("cases").First(c => c["case"] is string id && id == name);
        var flow = Harness.Flows.Read(Corpus.Read((string)@case["flow"]!));
        var extra = Items(@case, "extra_flows").Select(f => Harness.Flows.Read(Corpus.Read((string)f!))).ToList();
        var second = flow with { Revision = 2 };
        var stage = new Stage([flow, second, .. extra]) { Worker = RealWorker.Run, Outside = _ => "" };
        var play = new Play(stage, flow, @case);
        if (@case.GetValueOrDefault("steps") is IReadOnlyList<object?> steps)
            foreach (var step in steps.Cast<Map>()) play.Step(step);
        else
        {
            play.Run(@case);
            play.Check(@case.GetValueOrDefault("expect") as Map);
        }
    }

    private static IReadOnlyList<object?> Items(Map map, string key) => map.GetValueOrDefault(key) as IReadOnlyList<object?> ?? [];

    private sealed class Play(Stage stage, Domain.Flows.Flow flow, Map @case)
    {
        private string id = "";

        private Execution Now => stage[id];

        public void Run(Map step)
        {
            var inputs = (step.GetValueOrDefault("inputs") ?? @case.GetValueOrDefault("inputs")) as Map ?? Data.Map();
            id = stage.NewId();
            stage.Begin(stage.Decider.Create(flow, new NewExecution(id) { Inputs = WithDefaults(inputs) }, stage.Moment));
            stage.Give(id, new Advance());
            Settle(step);
        }

        public void Step(Map step)
        {
            Decision? decision = null;
            switch ((string)step["do"]!)
            {
                case "run": Run(step); break;
                case "wait": Settle(step); break;
                case "updateFlow": break;
                case "pause": decision = stage.Give(id, new Pause(null)); break;
                case "resume":
                    decision = stage.Send(id, new Resume(null, Data.Map(), "approved", null, null));
                    Settle(step);
                    break;
                case "changeTaskRunState": decision = stage.Give(id, new ChangeTaskRunState(RunOf((Map)step["task"]!).Id, StateOf(step["to"]), null)); break;
                case "restart":
                    decision = step.GetValueOrDefault("revision") is not null
                        ? stage.Decider.RestartOnto(flow, Now, flow with { Revision = 2 }, stage.Moment)
                        : stage.Give(id, new Restart(null));
                    if (step.GetValueOrDefault("revision") is not null) id = stage.Begin(decision);
                    break;
                case "replay":
                    var from = RunOf((Map)step["fromTask"]!);
                    decision = stage.Decider.Replay(flow, Now, from.Id, null, null, stage.Moment);
                    id = stage.Begin(decision);
                    break;
                default: throw new InvalidOperationException($"No step {step["do"]}.");
            }
            if (decision is not null && step.GetValueOrDefault("immediate") is Map immediate) Check(immediate);
            if (decision is not null && step.GetValueOrDefault("do") is "restart" or "replay" && step.GetValueOrDefault("expect") is not null) stage.RunToEnd(id);
            Check(step.GetValueOrDefault("expect") as Map);
        }

        public void Check(Map? expect)
        {
            if (expect is null) return;
            if (expect.GetValueOrDefault("state") is string state) Assert.Equal(state, Now.State.Current.Word);
            if (expect.GetValueOrDefault("taskRunCount") is int count) Assert.Equal(count, Now.TaskRuns.Count);
            if (expect.GetValueOrDefault("stateHistories") is int histories) Assert.Equal(histories, Now.State.Histories.Length);
            if (expect.GetValueOrDefault("outputsNull") is true) Assert.Null(Now.Outputs);
            if (expect.GetValueOrDefault("outputs") is Map outputs) Covers(outputs, Now.Outputs);
            if (expect.GetValueOrDefault("restartedTaskRunsMoreThan") is int restarted) Assert.True(Now.TaskRuns.CountOf(State.Restarted) > restarted);
            if (expect.GetValueOrDefault("runningTaskRunsMoreThan") is int running) Assert.True(Now.TaskRuns.CountOf(State.Running) > running);
            foreach (var wanted in Items(expect, "taskRuns").Cast<Map>()) CheckRun(wanted);
        }

        private void CheckRun(Map wanted)
        {
            if (wanted.GetValueOrDefault("absent") is true)
            {
                Assert.DoesNotContain(Now.TaskRuns, r => r.TaskId == (string)wanted["taskId"]!);
                return;
            }
            var run = RunOf(wanted);
            if (wanted.GetValueOrDefault("taskId") is string taskId) Assert.Equal(taskId, run.TaskId);
            if (wanted.GetValueOrDefault("state") is string state) Assert.Equal((run.TaskId, state), (run.TaskId, run.State.Current.Word));
            if (wanted.GetValueOrDefault("stateHistories") is int histories) Assert.Equal(histories, run.State.Histories.Length);
            if (wanted.GetValueOrDefault("attempts") is int attempts) Assert.Equal((run.TaskId, attempts), (run.TaskId, run.Attempts.Count));
            if (wanted.GetValueOrDefault("attemptsNull") is true) Assert.Empty(run.Attempts);
            if (wanted.GetValueOrDefault("attemptState") is string attempt) Assert.Equal(attempt, run.Attempts[^1].State.Current.Word);
            if (wanted.GetValueOrDefault("pausedHistories") is int paused) Assert.Equal(paused, run.State.Histories.Count(h => h.State == State.Paused));
            if (wanted.GetValueOrDefault("runningHistories") is int running) Assert.Equal(running, run.State.Histories.Count(h => h.State == State.Running));
            if (wanted.GetValueOrDefault("outputs") is Map outputs) Covers(outputs, run.Outputs);
        }

        private TaskRun RunOf(Map wanted)
        {
            var runs = Now.TaskRuns.ToList();
            if (wanted.GetValueOrDefault("index") is int index) return index < 0 ? runs[^-index] : runs[index];
            var path = (wanted.GetValueOrDefault("valuePath") as IReadOnlyList<object?>)?.Cast<string>().ToList();
            return runs.First(r => r.TaskId == (string)wanted["taskId"]! && (path is null || ValuesOf(r).SequenceEqual(path)));
        }

        private IEnumerable<string> ValuesOf(TaskRun run) => Now.TaskRuns.WithAncestors(run).Select(r => r.Value).OfType<string>().Reverse();

        private void Settle(Map step)
        {
            if (step.GetValueOrDefault("until") is string state)
            {
                stage.RunWork();
                Assert.Equal(state, Now.State.Current.Word);
            }
            else stage.RunToEnd(id);
        }

        private OrderedDictionary<string, object?> WithDefaults(Map inputs)
        {
            var all = Data.Map();
            foreach (var input in flow.Inputs.Where(i => i.Defaults is not null)) all[input.Id] = input.Defaults;
            foreach (var (key, value) in inputs) all[key] = value;
            return @case.GetValueOrDefault("inputMode") is "typed" ? InputResolver.ToMap(new InputResolver(new ExpressionEngine(new ExpressionOptions())).Resolve(flow.Inputs, all, Scope.Empty)) : all;
        }

        private static State StateOf(object? word) => Enum.Parse<State>((string)word!, ignoreCase: true);

        private static void Covers(Map wanted, Map? actual)
        {
            if (wanted.ContainsKey("$notNull"))
            {
                Assert.NotNull(actual);
                return;
            }
            foreach (var (key, value) in wanted)
            {
                var found = actual?.GetValueOrDefault(key);
                switch (value)
                {
                    case Map map when map.GetValueOrDefault("$contains") is string part: Assert.Contains(part, Assert.IsType<string>(found)); break;
                    case Map map when map.GetValueOrDefault("$startsWith") is string start: Assert.StartsWith(start, Assert.IsType<string>(found)); break;
                    case Map map when map.Keys.Any(k => k.StartsWith('$')): Assert.NotNull(found); break;
                    case Map map: Covers(map, Assert.IsType<Map>(found, exactMatch: false)); break;
                    default: Assert.Equal(Data.Write(value), Data.Write(found)); break;
                }
            }
        }
    }
}
