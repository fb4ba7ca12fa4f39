using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Domain.Triggers;
using FlowApps.Engine.Triggers;
using FlowApps.Expressions;
using FlowApps.Runtime.Hosting;
using FlowApps.Runtime.Logs;

namespace FlowApps.Runtime.Triggers;

/// <summary>When triggers are due, with their conditions.</summary>
internal sealed class TriggerPlan(TriggerScopes scopes, RuntimeOptions options, LogPipe pipe, TimeProvider clock)
{
    private const string Prefix = "io.kestra.plugin.";

    /// <summary>When a trigger without a past is due first: a schedule at its next date, a window when it ends, one that looks or listens at once, one that is called never by itself.</summary>
    public DateTimeOffset? First(Flow flow, TriggerDefinition trigger, DateTimeOffset now) => trigger switch
    {
        IScheduled scheduled => Next(flow, trigger, scheduled, now),
        FlowTrigger { OnMiss: not null } waiting => waiting.Window?.NextEnd(now),
        PollingTrigger or RealtimeTrigger => now,
        _ => null,
    };

    /// <summary>The same for one that is switched on again, or whose definition has changed: a backfill goes on where it was.</summary>
    public DateTimeOffset? Resumed(Flow flow, TriggerDefinition trigger, TriggerState state) =>
        state.Backfill is { Paused: false, CurrentDate: { } date } ? date : First(flow, trigger, clock.GetUtcNow());

    public DateTimeOffset? Next(Flow flow, TriggerDefinition trigger, IScheduled scheduled, DateTimeOffset after) => Safely((dates, check) => dates.NextDate(after, check), flow, trigger, scheduled);

    /// <summary>After the date that was just fired, seen now: dates that are too late by the trigger's own rule are left out.</summary>
    public DateTimeOffset? After(Flow flow, TriggerDefinition trigger, IScheduled scheduled, DateTimeOffset fired) => Safely((dates, check) => dates.Next(fired, clock.GetUtcNow(), check), flow, trigger, scheduled);

    /// <summary>A date that passed while no scheduler ran: made up for, as the trigger or the installation says.</summary>
    public DateTimeOffset? AfterOutage(Flow flow, TriggerDefinition trigger, DateTimeOffset due, DateTimeOffset now) =>
        trigger is IScheduled scheduled ? Safely((dates, check) => dates.Recover(due.AddTicks(-1), now, PolicyFor(trigger), check), flow, trigger, scheduled) : due;

    /// <summary>Whether the conditions hold at a date. Errors: of conditions.</summary>
    public DateCheck Check(Flow flow, TriggerDefinition trigger) => variables => scopes.Hold(flow, trigger, variables);

    /// <summary>The schedule with its dates rendered. Errors: of expressions; <see cref="FormatException"/>.</summary>
    public IScheduled DatesOf(Flow flow, IScheduled scheduled) => scheduled.Rendered(text => scopes.Render(text, flow));

    /// <summary>
    /// A condition that cannot be evaluated lets the date pass: firing it shows the error to people. Dates that cannot be rendered are none, and the trigger's log says why.
    /// </summary>
    private DateTimeOffset? Safely(Func<IScheduled, DateCheck, DateTimeOffset?> find, Flow flow, TriggerDefinition trigger, IScheduled scheduled)
    {
        var check = Check(flow, trigger);
        try
        {
            return find(DatesOf(flow, scheduled), variables =>
            {
                try
                {
                    return check(variables);
                }
                catch (Exception e) when (e is ExpressionException or FormatException)
                {
                    return true;
                }
            });
        }
        catch (Exception e) when (e is ExpressionException or FormatException)
        {
            Log(flow, trigger, $"The dates of this trigger cannot be read, so it has none: {e.Message}");
            return null;
        }
    }

    private void Log(Flow flow, TriggerDefinition trigger, string message)
    {
        var origin = new LogEntry { Namespace = flow.Namespace, FlowId = flow.Id, TriggerId = trigger.Id, Timestamp = default, Level = default, Message = "" };
        new RunLog(origin, new SecretMask(), trigger.LogLevel ?? LogLevel.Trace, pipe, null, clock).Write(LogLevel.Error, message);
    }

    private RecoverMissedSchedules PolicyFor(TriggerDefinition trigger)
    {
        var configured = options.PluginConfigurations.FirstOrDefault(entry => Short(entry.Type) == Short(trigger.Type))?.Values.GetValueOrDefault("recoverMissedSchedules") as string;
        return Enum.TryParse<RecoverMissedSchedules>(configured, ignoreCase: true, out var policy) ? policy : RecoverMissedSchedules.All;
    }

    private static string Short(string type) => type.StartsWith(Prefix, StringComparison.Ordinal) ? type[Prefix.Length..] : type;
}
