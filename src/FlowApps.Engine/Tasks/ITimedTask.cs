using FlowApps.Engine.Executions;

namespace FlowApps.Engine.Tasks;

/// <summary>A task that only lets time pass: it holds a timer, not a worker.</summary>
public interface ITimedTask
{
    TimeSpan DelayOf(Rendering render);
}
