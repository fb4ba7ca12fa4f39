namespace FlowApps.Chaos.Tests;

/// <summary>The mixed load: quick tasks, processes, parallel work, loops, retries, timers, children, a wait for a person.</summary>
internal static class Flows
{
    public const string Waiting = "waiting";

    public static IReadOnlyList<(string Id, string Source)> Mixed { get; } =
    [
        Flow("quick", """
              - {id: one, type: core.log.Log, message: "{{ execution.id }}"}
              - {id: two, type: core.debug.Return, format: "{{ labels.key }}"}
            """),
        Flow("process", """
              - id: shell
                type: scripts.shell.Commands
                taskRunner: {type: core.runner.Process}
                commands: ["sleep 0.2", "echo '::{\"outputs\":{\"done\":true}}::'"]
              - {id: after, type: core.debug.Return, format: "{{ outputs.shell.vars.done }}"}
            """),
        Flow("parallel", """
              - id: all
                type: core.flow.Parallel
                tasks:
                  - {id: a, type: scripts.shell.Commands, taskRunner: {type: core.runner.Process}, commands: ["sleep 0.1"]}
                  - {id: b, type: core.debug.Return, format: b}
                  - {id: c, type: core.flow.Sleep, duration: PT0.3S}
            """),
        Flow("loop", """
              - id: each
                type: core.flow.ForEach
                values: [1, 2, 3, 4, 5]
                tasks:
                  - {id: item, type: core.debug.Return, format: "{{ taskrun.value }}"}
                  - {id: nap, type: core.flow.Sleep, duration: PT0.05S}
            """),
        Flow("retried", """
              - id: flaky
                type: scripts.shell.Commands
                taskRunner: {type: core.runner.Process}
                commands: ["test $ATTEMPT -ge 2"]
                env: {ATTEMPT: "{{ taskrun.attemptsCount }}"}
                retry: {type: constant, interval: PT0.2S, maxAttempts: 4}
            """),
        Flow("child", "  - {id: nap, type: core.flow.Sleep, duration: PT0.2S}\n"),
        Flow("parent", "  - {id: sub, type: core.flow.Subflow, namespace: chaos, flowId: child}\n"),
        Flow(Waiting, """
              - id: ask
                type: core.flow.Pause
                onResume:
                  - {id: who, type: STRING}
              - {id: after, type: core.debug.Return, format: "{{ outputs.ask.onResume.who }}"}
            """),
    ];

    private static (string, string) Flow(string id, string tasks) => (id, $"id: {id}\nnamespace: chaos\ntasks:\n{tasks}");
}
