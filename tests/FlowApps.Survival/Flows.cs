using FlowApps.Testing;
using static FlowApps.Testing.MixedLoad;

namespace FlowApps.Survival;

/// <summary>The mixed load: quick tasks, processes, parallel work, loops, retries, timers, children, files, calls outside, slots, a wait for a person; and triggers beside it.</summary>
internal static class Flows
{
    public const string Calling = "calling";
    public const string Limited = "limited";
    public const string Long = "long";
    public const string Halted = "halted";
    public const string Hooked = "hooked";
    public const string HookKey = "a-webhook-key-nobody-guesses";

    /// <summary>What clients start. Every one of them succeeds when nothing is lost, but for those that they kill.</summary>
    public static IReadOnlyList<(string Id, string Source)> Started(Uri ledger) =>
    [
        .. MixedLoad.Flows,
        Flow(Calling, $$$"""
              - {id: call, type: core.http.Request, method: POST, uri: "{{{ledger}}}", body: "{{ execution.id }} {{ taskrun.attemptsCount }}", retry: {type: constant, interval: PT1S, maxAttempts: 10}}
            """),
        Flow(Halted, """
              - {id: shell, type: scripts.shell.Commands, taskRunner: {type: core.runner.Process}, commands: ["sleep 3600"]}
            """),
        Flow(Limited, "  - {id: nap, type: core.flow.Sleep, duration: PT0.1S}\n", "concurrency: {limit: 2, behavior: QUEUE}\n"),
    ];

    /// <summary>What runs beside: the child of <c>parent</c>, a schedule of every second, a trigger that looks outside, a webhook.</summary>
    public static IReadOnlyList<string> Beside(Uri ledger) =>
    [
        MixedLoad.Child.Source,
        Flow("ticking", "  - {id: log, type: core.log.Log, message: tick}\n", """
            inputs:
              - {id: date, type: STRING}
            triggers:
              - {id: each, type: core.trigger.Schedule, cron: "* * * * * *", withSeconds: true, inputs: {date: "{{ trigger.date }}"}}

            """).Source,
        Flow("pulsing", "  - {id: nap, type: core.flow.Sleep, duration: PT0.1S}\n", """
            triggers:
              - {id: each, type: core.trigger.Schedule, cron: "*/2 * * * * *", withSeconds: true}

            """).Source,
        Flow("looking", "  - {id: log, type: core.log.Log, message: found}\n", $$$"""
            triggers:
              - {id: look, type: core.http.Trigger, uri: "{{{ledger}}}", interval: PT1S, responseCondition: "{{ response.statusCode == 500 }}"}

            """).Source,
        Flow(Hooked, "  - {id: log, type: core.log.Log, message: called}\n", $"triggers:\n  - {{id: hook, type: core.trigger.Webhook, key: {HookKey}}}\n").Source,
    ];

    /// <summary>A process that says outside when it begins, and which of its beginnings it is that it reports.</summary>
    public static string LongOf(double seconds, Uri ledger) => Flow(Long, $$$"""
          - id: shell
            type: scripts.shell.Commands
            taskRunner: {type: core.runner.Process}
            commands:
              - N=$(cat /proc/sys/kernel/random/uuid)
              - "exec 3<>/dev/tcp/127.0.0.1/{{{ledger.Port}}} && printf 'POST / HTTP/1.0\\r\\nIdempotency-Key: '$N'\\r\\nContent-Length: 22\\r\\n\\r\\n{{ execution.id }}' >&3 && head -1 <&3 > answer"
              - sleep {{{seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}
              - "echo '::{\"outputs\":{\"begun\":\"'$N'\"}}::'"
            interpreter: [/bin/bash, -c]
        """).Source;

    /// <summary>A flow that a developer saves; its schedule is far away.</summary>
    public static string Saved(string id) => Flow(id, "  - {id: log, type: core.log.Log, message: saved}\n", "triggers:\n  - {id: yearly, type: core.trigger.Schedule, cron: \"0 0 1 1 *\"}\n").Source;
}
