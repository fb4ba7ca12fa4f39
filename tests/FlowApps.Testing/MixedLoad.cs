namespace FlowApps.Testing;

/// <summary>Flows for load while something breaks: quick tasks, processes, parallel work, loops, retries, files, children, a wait for a person. Every one succeeds when nothing is lost.</summary>
public static class MixedLoad
{
    public const string Waiting = "waiting";

    public static IReadOnlyList<(string Id, string Source)> Flows { get; } =
    [
        Flow("quick", """
              - {id: one, type: core.log.Log, message: "{{ execution.id }}"}
              - {id: two, type: core.debug.Return, format: "{{ labels.key }}"}
            """),
        Flow("process", """
              - id: shell
                type: scripts.shell.Commands
                taskRunner: {type: core.runner.Process}
                commands: ["echo begun", "sleep 0.3", "echo there > out.txt", "echo '::{\"outputs\":{\"done\":true}}::'"]
                outputFiles: [out.txt]
              - {id: after, type: core.debug.Return, format: "{{ outputs.shell.vars.done }}"}
            """),
        Flow("directory", """
              - id: shared
                type: core.flow.WorkingDirectory
                tasks:
                  - {id: write, type: scripts.shell.Commands, taskRunner: {type: core.runner.Process}, commands: ["echo there > note.txt", "sleep 0.3"]}
                  - {id: read, type: scripts.shell.Commands, taskRunner: {type: core.runner.Process}, commands: ["sleep 0.3", "grep there note.txt"]}
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
        Flow("parent", "  - {id: sub, type: core.flow.Subflow, namespace: chaos, flowId: child}\n"),
        Flow(Waiting, """
              - id: ask
                type: core.flow.Pause
                onResume:
                  - {id: who, type: STRING}
              - {id: after, type: core.debug.Return, format: "{{ outputs.ask.onResume.who }}"}
            """),
    ];

    /// <summary>What <c>parent</c> starts.</summary>
    public static (string Id, string Source) Child { get; } = Flow("child", "  - {id: nap, type: core.flow.Sleep, duration: PT0.2S}\n");

    /// <summary>A flow of the load with these tasks; <paramref name="more"/> stands before them, whole lines.</summary>
    public static (string Id, string Source) Flow(string id, string tasks, string more = "") => (id, $"id: {id}\nnamespace: chaos\n{more}tasks:\n{tasks}");
}
