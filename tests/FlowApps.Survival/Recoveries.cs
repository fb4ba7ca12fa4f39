using System.Diagnostics;
using Npgsql;

namespace FlowApps.Survival;

/// <summary>I19: how long it takes from the restart of what was killed until everything that stood still has moved.</summary>
internal sealed class Recoveries(Invariants database)
{
    // Who waits for a person, for a slot or for a time that is still to come does not stand still.
    private const string Standing = """
        select '(''' || id || ''',' || version || ')' from executions e where state < 9 and state not in (3, 6)
            and not exists (select from timers t where t.execution_id = e.id and t.due > now()) and flow_id <> 'halted'
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    private readonly List<TimeSpan> times = [];
    private IReadOnlyList<string> last = [];

    /// <summary>What is under way just now; nothing when the database is away.</summary>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        try
        {
            return await database.AskAsync(Standing);
        }
        catch (NpgsqlException)
        {
            return [];
        }
    }

    /// <summary>Waits until all of them have moved. What has not after two minutes is found by the invariants in the end.</summary>
    public async Task MeasureAsync(IReadOnlyList<string> standing, Stopwatch sinceRestart)
    {
        if (standing.Count == 0) return;
        IReadOnlyList<string>? still = null;
        while (sinceRestart.Elapsed < Limit && (still = await StillAsync(standing)) is null or { Count: > 0 })
        {
            if (still is not null && sinceRestart.Elapsed > Long) last = still;
            await Task.Delay(50);
        }
        times.Add(sinceRestart.Elapsed);
    }

    public override string ToString()
    {
        if (times.Count == 0) return "not measured";
        times.Sort();
        return $"p50 {At(0.5):0.0} s, p99 {At(0.99):0.0} s, max {times[^1].TotalSeconds:0.0} s over {times.Count} restarts" + (last.Count == 0 ? "" : $"; the last that took longer than {Long.TotalSeconds} s waited for {last[0]}");
    }

    private double At(double share) => times[(int)Math.Ceiling(share * times.Count) - 1].TotalSeconds;

    /// <summary>Those that have not moved, with what shall wake them; null when the database is away.</summary>
    private async Task<IReadOnlyList<string>?> StillAsync(IReadOnlyList<string> standing)
    {
        try
        {
            return await database.AskAsync($"""
                select e.id || ' of ' || e.flow_id || ' in state ' || e.state || concat(
                    (select string_agg(concat(', work ', w.kind, ' of ', w.owner, ' (', w.epoch, ') until ', w.lease_until), '') from work w where w.execution_id = e.id),
                    (select string_agg(concat(', timer ', t.due), '') from timers t where t.execution_id = e.id), (select ', letter' from letters l where l.execution_id = e.id limit 1), ' at ', now())
                from executions e where state < 9 and (id, version) in (values {string.Join(',', standing)}) limit 3
                """);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }
}
