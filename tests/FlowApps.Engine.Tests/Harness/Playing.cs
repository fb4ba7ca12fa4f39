using FlowApps.Domain.Executions;
using FlowApps.Domain.Tasks;

namespace FlowApps.Engine.Tests.Harness;

/// <summary>Starts flows and looks at them, in few words.</summary>
internal static class Playing
{
    public static readonly Answer AllFail = (_, _, _, _) => TaskOutcome.Failed("no");

    public static string Histories(StateTrail trail) => string.Join(" ", trail.Histories.Select(h => h.State.Word));

    public static (Stage Stage, string Id) Started(string body, Answer? worker = null, IReadOnlyDictionary<string, object?>? inputs = null)
    {
        var flow = Harness.Flows.Of(body);
        var stage = new Stage(flow) { Worker = worker };
        return (stage, stage.Start(flow, inputs));
    }

    public static TaskRun Run(Stage stage, string id, string taskId) => stage[id].TaskRuns.Single(r => r.TaskId == taskId);
}
