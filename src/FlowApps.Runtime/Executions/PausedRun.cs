using FlowApps.Domain.Executions;
using FlowApps.Domain.Flows;
using FlowApps.Domain.Inputs;
using FlowApps.Engine.Flows;
using FlowApps.Engine.Tasks;

namespace FlowApps.Runtime.Executions;

/// <summary>A task run that waits for people, and what they are asked with an outcome.</summary>
internal sealed record PausedRun(TaskRun Run, IReadOnlyList<InputDefinition> Asked)
{
    /// <summary>The one of this id, or the first that waits; null when none does.</summary>
    public static PausedRun? Find(Flow flow, Execution execution, string? taskRunId, string outcome)
    {
        var run = taskRunId is null ? execution.TaskRuns.FirstOrDefault(candidate => candidate.State.Current == State.Paused) : execution.TaskRuns.Find(taskRunId);
        return run is not null && FlowMap.Of(flow).Find(run.TaskId)?.Task is WaitingTask waiting ? new PausedRun(run, waiting.FormOf(run.Wait?.Policy.Outcome(outcome)?.Id ?? outcome)) : null;
    }
}
