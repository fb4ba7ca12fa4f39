using FlowApps.Domain.Executions;
using FlowApps.Domain.FlowTests;
using FlowApps.Engine.Executions;
using FlowApps.Engine.Flows;

namespace FlowApps.Engine.FlowTests;

/// <summary>Ends a task of a test as its fixture says, without running it: at once, and never tried again.</summary>
internal static class StandIns
{
    public static void End(Turn turn, TaskNode node, TaskRun run, TaskFixture fixture)
    {
        if (fixture.State == State.Failed) Outcomes.Fail(turn, run.Id, fixture.Description ?? "The test says that this task fails.", fixture.Outputs);
        else if (fixture.State == State.Success) Outcomes.EndAttempt(turn, node, run, new AttemptReport(State.Success, fixture.Outputs));
        else turn.Emit(new TaskRunStateChanged(turn.Now, run.Id, Outcomes.Soften(node.Task, fixture.State), fixture.Outputs));
    }
}
