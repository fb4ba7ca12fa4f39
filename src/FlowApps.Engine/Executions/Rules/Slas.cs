using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Logs;
using FlowApps.Expressions;

namespace FlowApps.Engine.Executions;

/// <summary>Promises about an execution (kestra-semantics 9.3): durations by timers, assertions after each change.</summary>
internal static class Slas
{
    public static void Watch(Turn turn)
    {
        foreach (var sla in turn.Flow.Sla.OfType<MaxDurationSla>())
            turn.Do(new SetTimer(turn.State.State.StartDate + sla.Duration, new TimerRang("sla", null, null, sla.Id)));
    }

    public static void Ring(Turn turn, string? id)
    {
        if (turn.Flow.Sla.OfType<MaxDurationSla>().FirstOrDefault(s => s.Id == id) is not { } sla) return;
        if (turn.ExecutionState.IsTerminal || turn.ExecutionState == State.Killing || turn.State.State.StartDate + sla.Duration > turn.Now) return;
        Violate(turn, sla, $"The execution took longer than {Domain.Values.Duration.Write(sla.Duration)} (SLA '{sla.Id}').");
    }

    public static void Check(Turn turn)
    {
        if (!turn.HasEvents || turn.Flow.Sla.Count == 0 || turn.ExecutionState is not (State.Running or State.Paused or State.Retrying)) return;
        foreach (var sla in turn.Flow.Sla.OfType<ExecutionAssertionSla>())
        {
            if (HasLabels(turn, sla) || Holds(turn, sla)) continue;
            Violate(turn, sla, $"The assertion of the SLA '{sla.Id}' does not hold: {sla.Assert}");
            return;
        }
    }

    private static bool HasLabels(Turn turn, Sla sla) => sla.Behavior == SlaBehavior.None && sla.Labels.All(label => turn.State.Labels.Contains(label));

    private static bool Holds(Turn turn, ExecutionAssertionSla sla)
    {
        try
        {
            return turn.RenderingFor(null).Truthy(sla.Assert);
        }
        catch (OutsideAskedException asked)
        {
            turn.Do(new AskOutside(null, [asked.Template]));
            return true;
        }
        catch (ExpressionException e)
        {
            turn.Log(null, LogLevel.Warn, $"The assertion of the SLA '{sla.Id}' could not be checked: {e.Message}");
            return true;
        }
    }

    private static void Violate(Turn turn, Sla sla, string message)
    {
        turn.Log(null, LogLevel.Error, message);
        if (sla.Labels.Count > 0) turn.Emit(new LabelsChanged(turn.Now, Labels.Merge(turn.State.Labels, sla.Labels)));
        if (sla.Behavior == SlaBehavior.None) return;
        Ending.Now(turn, sla.Behavior == SlaBehavior.Fail ? State.Failed : State.Cancelled, error: message);
        Advancing.ToRest(turn);
    }
}
